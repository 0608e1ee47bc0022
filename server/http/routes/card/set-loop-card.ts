import { Type } from 'typebox';
import { LoopCardBody } from '../../../../contract/card.ts';
import { Problem } from '../../../../contract/common.ts';
import type { Keyring } from '../../../card/keyring.ts';
import { type SetLoopCardOutcome, setLoopCard } from '../../../card/set-loop-card.ts';
import { readSkusForPricing } from '../../../catalog/catalog-store.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { ProblemError } from '../../problem.ts';

export function setLoopCardRoute(app: App, context: Context, keyring: Keyring): void {
  const findSku = async (id: number) => (await readSkusForPricing(context.database.read, [id])).get(id);
  app.put(
    '/api/admin/v1/cards/loop',
    {
      config: { action: 'cards.change' },
      schema: {
        tags: ['admin: cards'],
        operationId: 'setLoopCard',
        summary: 'What every buyer of a loop variant gets from now on',
        body: LoopCardBody,
        response: { 204: Type.Null(), 404: Problem, 409: Problem, 422: Problem },
      },
    },
    async (request, reply) => {
      const outcome = await setLoopCard({ ...context, keyring, findSku }, { ...request.body, ...actorOf(request) });
      if (outcome.kind !== 'set') throw refusal(outcome.kind);
      return reply.code(204).send(null);
    },
  );
}

function refusal(kind: Exclude<SetLoopCardOutcome['kind'], 'set'>): ProblemError {
  if (kind === 'sku-not-found') return new ProblemError('sku_not_found');
  if (kind === 'sku-not-loop') return new ProblemError('card_state_conflict', 'This variant has no loop card.');
  return new ProblemError('import_rejected', 'This is not a text that can be shown to a buyer.');
}
