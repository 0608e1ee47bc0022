import { BatchListQuery, CardBatchList } from '../../../../contract/card.ts';
import { listBatches } from '../../../card/batch-store.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';

export function listBatchesRoute(app: App, { database }: Context): void {
  app.get(
    '/api/admin/v1/cards/batches',
    {
      config: { action: 'cards.read' },
      schema: {
        tags: ['admin: cards'],
        operationId: 'listCardBatches',
        summary: 'Imports, the newest first',
        querystring: BatchListQuery,
        response: { 200: CardBatchList },
      },
    },
    async ({ query }) => {
      const batches = await listBatches(database.read, query);
      return { batches, next: batches.length === query.limit ? (batches.at(-1)?.id ?? null) : null };
    },
  );
}
