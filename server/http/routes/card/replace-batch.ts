import { IdParams } from '../../../../contract/admin-catalogue.ts';
import { ReplaceBatchBody, ReplacedBatchReply } from '../../../../contract/admin-replacements.ts';
import { Problem } from '../../../../contract/common.ts';
import type { Context } from '../../../context.ts';
import { replaceBatch } from '../../../payment/replace-batch.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { ProblemError } from '../../problem.ts';

export function replaceBatchRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'replaceCardBatch',
    tags: ['admin: cards'],
    summary: 'A whole import is bad: withdraws what is left of it and gives its buyers new cards, step by step',
    params: IdParams,
    body: ReplaceBatchBody,
    response: { 200: ReplacedBatchReply, 404: Problem },
  };
  app.post(
    '/api/admin/v1/cards/batches/:id/replace',
    { config: { action: 'orders.replace' }, schema },
    async (request) => {
      const outcome = await replaceBatch(context, { batchId: request.params.id, ...request.body, ...actorOf(request) });
      if (outcome.kind !== 'done') throw new ProblemError('not_found');
      const { withdrawn, replaced, failed, next } = outcome;
      return { withdrawn, replaced, failed, next };
    },
  );
}
