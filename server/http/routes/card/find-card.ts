import { AdminCardReply, FindCardBody } from '../../../../contract/card.ts';
import { Problem } from '../../../../contract/common.ts';
import { findCard } from '../../../card/find-card.ts';
import type { Keyring } from '../../../card/keyring.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

/** POST, so that the number stands in no address and no log. */
export function findCardRoute(app: App, { database }: Context, keyring: Keyring): void {
  app.post(
    '/api/admin/v1/cards/find',
    {
      config: { action: 'cards.find' },
      schema: {
        tags: ['admin: cards'],
        operationId: 'findCard',
        summary: 'The card of an exact number, and the order it went to',
        body: FindCardBody,
        response: { 200: AdminCardReply, 404: Problem },
      },
    },
    async ({ body }) => {
      const outcome = await findCard({ database, keyring }, body.number);
      if (outcome.kind !== 'found') throw new ProblemError('card_not_found');
      return { card: outcome.card };
    },
  );
}
