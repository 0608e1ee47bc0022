/**
 * How many cards are for sale, for catalogue pages: counts from the database, kept in this process for a moment.
 *
 * Only a display: whether an order gets its cards is decided by locking them. Counting 100,000 index entries costs
 * about 10 ms, so a large count, where the exact figure tells nobody anything, is kept longer.
 */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { countAvailable } from './stock-store.ts';

export interface StockCache {
  /** Cards for sale of each SKU asked for, 0 where there are none. */
  available(skuIds: readonly number[]): Promise<Map<number, number>>;
  /** After a commit of ours that took (negative) or added cards, so that the next page shows it at once. */
  adjust(skuId: number, delta: number): void;
  /** Somebody else changed the stock, or we do not know by how much: count again. */
  forget(skuId: number): void;
}

const freshMs = 1000;
const largeFreshMs = 10_000;
const largeCount = 10_000;
const maxSkus = 50_000;

interface Count {
  cards: number;
  until: number;
}

export interface StockCacheDeps {
  database: Pick<Database, 'read'>;
  clock: Clock;
  region: string;
  /** Replaced in tests. */
  count?: typeof countAvailable;
}

export function createStockCache(deps: StockCacheDeps): StockCache {
  const { database, clock, region, count = countAvailable } = deps;
  const counts = new LRUCache<number, Count>({ max: maxSkus });
  /** SKUs being counted now, and whether the count was overtaken by a change. */
  const running = new Map<number, { count: Promise<Map<number, number>>; overtaken: boolean }>();

  function begin(skuIds: readonly number[]): void {
    const counting = count(database.read, region, skuIds);
    for (const skuId of skuIds) {
      const run = { count: counting, overtaken: false };
      running.set(skuId, run);
      const done = () => running.get(skuId) === run && running.delete(skuId);
      counting.then((found) => {
        done();
        const cards = found.get(skuId) ?? 0;
        const keepMs = run.overtaken ? 0 : cards > largeCount ? largeFreshMs : freshMs;
        counts.set(skuId, { cards, until: clock.monotonicMs() + keepMs });
      }, done);
    }
  }

  return {
    async available(skuIds) {
      const now = clock.monotonicMs();
      const asked = [...new Set(skuIds)];
      const stale = asked.filter((skuId) => (counts.get(skuId)?.until ?? Number.NEGATIVE_INFINITY) <= now);
      const missing = stale.filter((skuId) => !running.has(skuId) || running.get(skuId)?.overtaken);
      if (missing.length > 0) begin(missing);
      const waiting = stale.map(async (skuId) => [skuId, (await running.get(skuId)?.count)?.get(skuId) ?? 0] as const);
      const counted = new Map(await Promise.all(waiting));
      return new Map(asked.map((skuId) => [skuId, counted.get(skuId) ?? counts.get(skuId)?.cards ?? 0]));
    },
    adjust(skuId, delta) {
      // The count under way may or may not have seen this change: use it for those who wait, but keep it for nobody.
      const run = running.get(skuId);
      if (run) run.overtaken = true;
      const known = counts.get(skuId);
      if (known) known.cards = Math.max(0, known.cards + delta);
    },
    forget(skuId) {
      const run = running.get(skuId);
      if (run) run.overtaken = true;
      counts.delete(skuId);
    },
  };
}
