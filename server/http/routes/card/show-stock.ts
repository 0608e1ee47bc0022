import { StockQuery, StockReport } from '../../../../contract/card.ts';
import { stockSummary } from '../../../card/stock-summary.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';

export function showStockRoute(app: App, { database }: Context): void {
  app.get(
    '/api/admin/v1/cards/stock',
    {
      config: { action: 'cards.read' },
      schema: {
        tags: ['admin: cards'],
        operationId: 'showStock',
        summary: 'Exact counts of cards by status, beside what was imported',
        querystring: StockQuery,
        response: { 200: StockReport },
      },
    },
    async ({ query }) => ({
      stock: await stockSummary({ database }, query.skuId === undefined ? undefined : [query.skuId]),
    }),
  );
}
