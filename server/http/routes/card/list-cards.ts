import { CardList, CardListQuery } from '../../../../contract/card.ts';
import { listCards } from '../../../card/list-cards.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

export function listCardsRoute(app: App, context: Context): void {
  app.get(
    '/api/admin/v1/cards',
    {
      config: { action: 'cards.read' },
      schema: {
        tags: ['admin: cards'],
        operationId: 'listCards',
        summary: 'Cards of a variant, or of all that are off the shelf, the newest first; never what is on them',
        querystring: CardListQuery,
        response: { 200: CardList },
      },
    },
    async ({ query }) => {
      const { skuId, status } = query;
      if (skuId === undefined && status !== 'quarantined' && status !== 'withdrawn')
        throw new ProblemError('invalid_request', 'Name a variant, or ask for quarantined or withdrawn cards.');
      return listCards(context, { ...query, region: context.region });
    },
  );
}
