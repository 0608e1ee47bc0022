import { join } from 'node:path';
import { PurgeCardsBody, PurgedCards } from '../../../../contract/card.ts';
import { Problem } from '../../../../contract/common.ts';
import { purgeCards } from '../../../card/purge-cards.ts';
import type { Context } from '../../../context.ts';
import { findInJournal } from '../../../platform/journal/find-in-journal.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { ProblemError } from '../../problem.ts';

export function purgeCardsRoute(app: App, context: Context): void {
  const folder = join(context.config.dataDir, 'issue-journal');
  const inJournal = async (cardIds: readonly number[]) =>
    new Set((await findInJournal(folder, cardIds, context.journalCopy)).keys());
  const schema = {
    operationId: 'purgeCards',
    tags: ['admin: cards'],
    summary: 'Deletes withdrawn cards for good: these, or all of a variant or of an import',
    body: PurgeCardsBody,
    response: { 200: PurgedCards, 409: Problem },
  };
  app.post('/api/admin/v1/cards/purge', { config: { action: 'cards.purge' }, schema }, async (request) => {
    const { ids, skuId, batchId, expected, reason } = request.body;
    const cards = ids ?? (skuId === undefined ? undefined : { skuId, batchId });
    if (!cards || (ids && skuId !== undefined))
      throw new ProblemError('invalid_request', 'Name either cards by `ids`, or a variant by `skuId`.');
    const outcome = await purgeCards({ ...context, inJournal }, { cards, expected, reason, ...actorOf(request) });
    if (outcome.kind === 'another-number')
      throw new ProblemError('card_state_conflict', `There are ${outcome.inBin} cards, not ${expected}. Look again.`);
    return { cards: outcome.cards, refused: outcome.refused };
  });
}
