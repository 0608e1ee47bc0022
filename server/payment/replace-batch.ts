/**
 * A whole import turns out bad: what of it is for sale is withdrawn first, so that nobody is given another bad one, and then
 * each buyer of a card of it gets a new one, order by order. Interrupted, it is simply asked for again.
 */
import { readBatch } from '../card/batch-store.ts';
import { soldOfBatch } from '../card/replacement-store.ts';
import { withdrawBatch } from '../card/withdraw-batch.ts';
import type { Actor } from '../platform/audit-store.ts';
import { type ReplaceOutcome, replaceCards } from './replace-cards.ts';
import type { SettleDeps } from './settle-payments.ts';

export interface ReplaceBatchRequest extends Actor {
  batchId: number;
  reason: string;
  /** Go on behind this card: `next` of the step before. */
  after: number;
}

export type ReplaceBatchOutcome =
  | { kind: 'batch-not-found' }
  | {
      kind: 'done';
      withdrawn: number;
      replaced: number;
      failed: { orderId: string; cards: number; why: Exclude<ReplaceOutcome['kind'], 'replaced'> }[];
      /** Null: this was the last step. */
      next: number | null;
    };

/** A step answers within a second or two; a page of orders that share nothing. */
const cardsAStep = 100;

export async function replaceBatch(deps: SettleDeps, request: ReplaceBatchRequest): Promise<ReplaceBatchOutcome> {
  const { batchId, after, reason, actor, requestId } = request;
  const batch = await readBatch(deps.database.read, batchId);
  if (!batch) return { kind: 'batch-not-found' };
  const by = { reason, actor, requestId };
  const shelf =
    after === 0 ? await withdrawBatch({ database: deps.database, clock: deps.clock }, { batchId, ...by }) : undefined;
  const withdrawn = shelf?.kind === 'withdrawn' ? shelf.cards : 0;
  if (withdrawn > 0) deps.stock.adjust(batch.skuId, -withdrawn);
  const sold = await soldOfBatch(deps.database.read, batch, after, cardsAStep);
  const failed: Extract<ReplaceBatchOutcome, { kind: 'done' }>['failed'] = [];
  let replaced = 0;
  for (const [orderId, cards] of Map.groupBy(sold, (card) => card.orderId)) {
    const outcome = await replaceCards(deps, { orderId, cardIds: cards.map((card) => card.cardId), ...by });
    if (outcome.kind === 'replaced') replaced += outcome.replacements.length;
    else failed.push({ orderId, cards: cards.length, why: outcome.kind });
  }
  const next = sold.length === cardsAStep ? (sold.at(-1)?.cardId ?? null) : null;
  return { kind: 'done', withdrawn, replaced, failed, next };
}
