import { ChangedSku, ChangeSkuBody } from '../../../../contract/card.ts';
import { Problem } from '../../../../contract/common.ts';
import { changeSku } from '../../../card/change-sku.ts';
import { readSkusForPricing } from '../../../catalog/catalog-store.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { ProblemError } from '../../problem.ts';

export function changeSkuRoute(app: App, context: Context): void {
  const findSku = async (id: number) => (await readSkusForPricing(context.database.read, [id])).get(id);
  const schema = {
    operationId: 'changeSkuOfCards',
    tags: ['admin: cards'],
    summary: 'Files cards that nobody was given under another variant: these, or what is left of an import',
    body: ChangeSkuBody,
    response: { 200: ChangedSku, 404: Problem, 409: Problem },
  };
  app.post('/api/admin/v1/cards/change-sku', { config: { action: 'cards.change' }, schema }, async (request) => {
    const { ids, batchId, toSkuId, reason } = request.body;
    const cards = ids ?? (batchId === undefined ? undefined : { batchId });
    if (!cards || (ids && batchId !== undefined))
      throw new ProblemError('invalid_request', 'Name either cards by `ids`, or an import by `batchId`.');
    const outcome = await changeSku({ ...context, findSku }, { cards, toSkuId, reason, ...actorOf(request) });
    if (outcome.kind === 'sku-not-found') throw new ProblemError('sku_not_found');
    if (outcome.kind === 'batch-not-found') throw new ProblemError('not_found');
    if (outcome.kind === 'sku-not-cards')
      throw new ProblemError('card_state_conflict', 'That variant is not delivered from a stock of cards.');
    return { moved: outcome.moved, refused: outcome.refused };
  });
}
