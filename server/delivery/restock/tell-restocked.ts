/**
 * Variants that are back: mails to those who have waited longest, twice as many as there are cards. All of them at once would
 * send a thousand people after three cards; who is not told now is told when there is still stock later.
 */
import type { Clock } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { RowsChanged } from '../../platform/db/errors.ts';
import type { Nudges } from '../../platform/nudges.ts';
import { enqueue } from '../outbox-store.ts';
import { lockLongestWaiting, markTold, toldSince, waitingBySku } from './restock-store.ts';

export interface TellRestockedDeps {
  database: Database;
  clock: Clock;
  nudges: Nudges;
  confirm(tx: Tx): Promise<void>;
  /** Of each SKU that is on sale, counted no further than to `upTo`; others are missing. */
  available(skus: readonly { skuId: number; upTo: number }[]): Promise<Map<number, number>>;
}

export const restockTopicName = 'restock';
const skusAtOnce = 200;
const mostAtOnce = 500;
const toldForEachCard = 2;
/** Those told count against the stock for so long: they are on their way. */
const onTheirWayMs = 30 * 60_000;

/** @returns how many mails were queued */
export async function tellRestocked(deps: TellRestockedDeps): Promise<number> {
  const { database, nudges } = deps;
  const waiting = await waitingBySku(database.read, skusAtOnce);
  if (waiting.length === 0) return 0;
  const counts = await deps.available(waiting.map(({ skuId }) => ({ skuId, upTo: mostAtOnce })));
  let queued = 0;
  for (const { skuId } of waiting) {
    const cards = counts.get(skuId) ?? 0;
    if (cards > 0) queued += await tellOf(deps, skuId, cards);
  }
  if (queued > 0) nudges.send('outbox', 'restock');
  return queued;
}

async function tellOf({ database, clock, confirm }: TellRestockedDeps, skuId: number, cards: number): Promise<number> {
  return database.transact('restock.tell', async (tx) => {
    await confirm(tx);
    const now = clock.now();
    const waiting = await lockLongestWaiting(tx, skuId, Math.min(mostAtOnce, cards * toldForEachCard));
    const most = cards * toldForEachCard - (await toldSince(tx, skuId, now - onTheirWayMs));
    const ids = waiting.slice(0, Math.max(0, most));
    if ((await markTold(tx, ids, now)) !== ids.length) throw new RowsChanged(`waits for ${skuId}`);
    const messages = ids.map((waitId) => ({
      id: `restock:${waitId}:${now}`,
      topic: restockTopicName,
      payload: { waitId },
    }));
    await enqueue(tx, messages, now);
    return ids.length;
  });
}
