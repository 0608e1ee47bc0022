/** Takes back an import: every card of it that is still for sale. For the wrong file, or the right file in the wrong SKU. */
import { cardStatus } from '../../contract/states.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { readBatch } from './batch-store.ts';
import { availableOfBatch, lockCardStates, setCardStatus } from './card-admin-store.ts';
import type { MoveDeps } from './move-cards.ts';

export type WithdrawBatchOutcome = { kind: 'withdrawn'; cards: number } | { kind: 'batch-not-found' };

/** Orders pass over locked cards, so only a few are locked at a time. */
const pageRows = 200;

/** Cards that are sold or reserved stay where they are. Interrupted, it is simply asked for again. */
export async function withdrawBatch(
  { database, clock, stock }: MoveDeps,
  { batchId, reason, actor, requestId }: { batchId: number; reason: string } & Actor,
): Promise<WithdrawBatchOutcome> {
  const batch = await readBatch(database.read, batchId);
  if (!batch) return { kind: 'batch-not-found' };
  let cards = 0;
  for (;;) {
    const page = await database.transact('card.withdraw-batch', async (tx) => {
      const ids = await availableOfBatch(tx, batch, pageRows);
      if (ids.length === 0) return { found: 0, withdrawn: 0 };
      // An order may have taken some since they were read.
      const free = (await lockCardStates(tx, ids)).filter((card) => card.status === cardStatus.available);
      const freeIds = free.map((card) => card.id);
      const withdrawn = await setCardStatus(tx, freeIds, [cardStatus.available], cardStatus.withdrawn, {
        reason,
        at: clock.now(),
      });
      const after = { status: 'withdrawn', cards: withdrawn, first: freeIds.at(0), last: freeIds.at(-1) };
      const entry = {
        actor,
        requestId,
        at: clock.now(),
        action: 'batch.withdraw' as const,
        subject: `batch:${batchId}`,
      };
      await recordAudit(tx, { ...entry, reason, after });
      return { found: ids.length, withdrawn };
    });
    cards += page.withdrawn;
    stock?.forget(batch.skuId);
    if (page.found === 0) return { kind: 'withdrawn', cards };
  }
}
