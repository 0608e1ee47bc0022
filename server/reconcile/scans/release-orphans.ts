/**
 * Cards are locked and released in the transaction of their order, so a card locked for an ended order means damage.
 * It goes back on sale, unless the issue journal has seen it: then somebody may hold it (INV-10).
 */
import { quarantineForSale } from '../../card/quarantine-store.ts';
import { lockedCardsOf, releaseCards } from '../../card/reservation-store.ts';
import { readOrders } from '../../order/order-store.ts';
import type { Tx } from '../../platform/db/database.ts';
import { findInJournal } from '../../platform/journal/find-in-journal.ts';
import { ordersWithOrphans } from './orphan-store.ts';
import type { Scan, ScanDeps } from './scan.ts';

const atOnce = 200;

export const releaseOrphansScan: Scan = {
  name: 'release-orphans',
  says: 'Puts cards back on sale that are still reserved for an order which has ended or does not exist.',
  everyMs: 60_000,
  runsOn: 'leader',
  async run(deps) {
    const { database } = deps;
    const ids = await ordersWithOrphans(database.read, atOnce);
    if (ids.length === 0) return { found: 0, mended: 0 };
    const cards = (await lockedCardsOf(database.read, ids)).map((card) => card.id);
    const journalled = await findInJournal(deps.journalFolder, cards);
    const freed = await database.transact('card.release-orphans', (tx) => release(tx, deps, ids, journalled));
    for (const card of freed) deps.stock.adjust(card.sku_id, 1);
    if (cards.length > 0) deps.log.warn({ orderIds: ids.slice(0, 10), cards: cards.length }, 'orphaned cards found');
    return { found: cards.length, mended: freed.length };
  },
};

async function release(
  tx: Tx,
  deps: ScanDeps,
  ids: readonly string[],
  journalled: ReadonlyMap<number, ReadonlySet<string>>,
) {
  await deps.confirm(tx);
  const orders = await readOrders(tx, ids, { lock: true });
  const ended = ids.filter((id) => !['pending', 'review'].includes(orders.get(id)?.status ?? 'gone'));
  const cards = await lockedCardsOf(tx, ended);
  const sound = cards.filter((card) => !journalled.has(card.id));
  await releaseCards(tx, sound);
  await quarantineForSale(
    tx,
    cards.filter((card) => journalled.has(card.id)).map((card) => card.id),
    { reason: 'journal_mismatch', at: deps.clock.now() },
  );
  return sound;
}
