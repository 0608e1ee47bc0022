/**
 * How many cards are for sale, for catalogue pages: counts from the database, kept for a moment in this process and in Redis.
 *
 * Only a display: whether an order gets its cards is decided by locking them. Counting 100,000 index entries costs
 * about 10 ms, so a large count, where the exact figure tells nobody anything, is kept longer.
 */
import type { Redis } from '../platform/cache/redis.ts';
import { createSharedCache } from '../platform/cache/shared-cache.ts';
import { createTwoLevelCache } from '../platform/cache/two-level-cache.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { createLaggingReads } from '../platform/db/lagging-reads.ts';
import type { CacheWatch } from '../platform/observe/cache-watch.ts';
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

export interface StockCacheDeps {
  database: Pick<Database, 'read' | 'lagging' | 'maxLagMs'>;
  clock: Clock;
  region: string;
  redis?: Redis | undefined;
  watch?: CacheWatch | undefined;
  /** Replaced in tests. */
  count?: typeof countAvailable;
}

export function createStockCache(deps: StockCacheDeps): StockCache {
  const { database, clock, region, redis, watch, count = countAvailable } = deps;
  const counts = createTwoLevelCache<number, number>({
    clock,
    max: maxSkus,
    life(cards) {
      const forMs = cards > largeCount ? largeFreshMs : freshMs;
      return { hereMs: forMs, sharedMs: forMs };
    },
    shared: redis && createSharedCache(redis, `stock ${region}`),
    ...watch,
  });

  const reads = createLaggingReads(database, clock);

  async function countAll(skuIds: readonly number[]): Promise<Map<number, number>> {
    const found = await count(reads.db(), region, skuIds);
    return new Map(skuIds.map((skuId) => [skuId, found.get(skuId) ?? 0]));
  }

  return {
    available: (skuIds) => counts.get(skuIds, countAll),
    adjust: (skuId, delta) => counts.change(skuId, (cards) => Math.max(0, cards + delta)),
    forget(skuId) {
      reads.changed();
      counts.forget(skuId);
    },
  };
}
