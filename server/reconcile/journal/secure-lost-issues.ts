/**
 * Issues that the database has lost: their cards leave the shelf and a person is told. One review case an order, so that
 * the owner can see what the buyer holds and settle it with them.
 */
import { quarantineForSale } from '../../card/quarantine-store.ts';
import type { StockCache } from '../../card/stock.ts';
import { type NewReviewCase, openReviewCases } from '../../payment/review-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Log } from '../../platform/observe/log.ts';
import type { Metrics } from '../../platform/observe/metrics.ts';
import { type LostIssue, lostIssues } from './compare-records.ts';

export interface SecureDeps {
  database: Database;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'journalMismatches'>;
  stock: Pick<StockCache, 'adjust'>;
}

/** A case lists this many cards; the journal has them all. */
const listedCards = 200;

/** @returns how many cards were taken off the shelf now */
export async function secureLostIssues(deps: SecureDeps, lost: readonly LostIssue[]): Promise<number> {
  const { database, log, metrics, stock } = deps;
  const { quarantined, news, still } = await database.transact('journal.secure', (tx) => secureIn(tx, deps, lost));
  for (const card of quarantined) stock.adjust(card.sku_id, -1);
  if (news > 0 || quarantined.length > 0) {
    metrics.journalMismatches.inc(still.length);
    const some = still.slice(0, 10);
    log.fatal({ cards: still.length, some }, 'the database has lost issues that the issue journal knows (INV-10)');
  }
  return quarantined.length;
}

async function secureIn(tx: Tx, { clock }: SecureDeps, lost: readonly LostIssue[]) {
  // Looked at again inside the transaction: a payment may have been taken in once more since.
  const still = await lostIssues(
    tx,
    lost.map((one) => one.record),
  );
  const forSale = still.filter((one) => one.why === 'for-sale').map((one) => one.record.cardId);
  const quarantined = await quarantineForSale(tx, forSale, { reason: 'journal_mismatch', at: clock.now() });
  const taken = new Set(quarantined.map((card) => card.id));
  let news = 0;
  for (const [orderId, group] of Map.groupBy(still, (one) => one.record.orderId)) {
    const opened = await openReviewCases(tx, [caseOf(orderId, orderId, group)], clock.now());
    news += opened;
    const first = group.find((one) => taken.has(one.record.cardId));
    // The order has a case, perhaps a settled one, and lost more cards since.
    if (opened === 0 && first) {
      news += await openReviewCases(tx, [caseOf(`${orderId}:${first.record.cardId}`, orderId, group)], clock.now());
    }
  }
  return { quarantined, news, still };
}

function caseOf(about: string, orderId: string, group: readonly LostIssue[]): NewReviewCase {
  const cards = group.slice(0, listedCards).map(({ record, why }) => ({ cardId: record.cardId, at: record.at, why }));
  return { kind: 'journal_mismatch', about, orderId, detail: { cards, count: group.length } };
}
