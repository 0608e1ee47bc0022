import { CardList, CardListQuery } from '../../../../contract/card.ts';
import { listCards } from '../../../card/list-cards.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';

export function listCardsRoute(app: App, context: Context): void {
  app.get(
    '/api/admin/v1/cards',
    {
      config: { action: 'cards.read' },
      schema: {
        tags: ['admin: cards'],
        operationId: 'listCards',
        summary: 'Cards of a variant, the newest first; never what is on them',
        querystring: CardListQuery,
        response: { 200: CardList },
      },
    },
    ({ query }) => listCards(context, { ...query, region: context.region }),
  );
}
