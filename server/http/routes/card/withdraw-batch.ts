import { IdParams } from '../../../../contract/admin-catalogue.ts';
import { ReasonBody, WithdrawnBatch } from '../../../../contract/card.ts';
import { Problem } from '../../../../contract/common.ts';
import { withdrawBatch } from '../../../card/withdraw-batch.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { ProblemError } from '../../problem.ts';

export function withdrawBatchRoute(app: App, context: Context): void {
  app.post(
    '/api/admin/v1/cards/batches/:id/withdraw',
    {
      config: { action: 'cards.change' },
      schema: {
        tags: ['admin: cards'],
        operationId: 'withdrawCardBatch',
        summary: 'Takes back an import: every card of it that is still for sale',
        params: IdParams,
        body: ReasonBody,
        response: { 200: WithdrawnBatch, 404: Problem },
      },
    },
    async (request) => {
      const input = { batchId: request.params.id, reason: request.body.reason, ...actorOf(request) };
      const outcome = await withdrawBatch(context, input);
      if (outcome.kind !== 'withdrawn') throw new ProblemError('not_found');
      return { cards: outcome.cards };
    },
  );
}
