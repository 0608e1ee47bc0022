/**
 * What catalogue pages are made of: kept for two seconds in this process and for five in Redis, and old at once, in every
 * process, when somebody says "catalogue changed". A message that is lost costs those seconds.
 */
import type { Redis } from '../platform/cache/redis.ts';
import { createSharedCache } from '../platform/cache/shared-cache.ts';
import { createTwoLevelCache, type TwoLevelCache } from '../platform/cache/two-level-cache.ts';
import type { Clock } from '../platform/clock.ts';
import type { Nudges } from '../platform/nudges.ts';
import type { CacheWatch } from '../platform/observe/cache-watch.ts';

/** A value that may be shared is plain data, as JSON carries it. */
interface Kept {
  value: unknown;
  mayShare: boolean;
}
export type CatalogueCache = TwoLevelCache<string, Kept>;

const hereMs = 2000;
const sharedMs = 5000;
/** Different searches and pages kept at a time. */
const maxEntries = 500;

export function createCatalogueCache(parts: {
  clock: Clock;
  nudges: Nudges;
  redis?: Redis | undefined;
  watch?: CacheWatch | undefined;
}): CatalogueCache {
  const { clock, nudges, redis, watch } = parts;
  const shared = redis && createSharedCache(redis, 'catalogue');
  const cache = createTwoLevelCache<string, Kept>({
    clock,
    max: maxEntries,
    life: () => ({ hereMs, sharedMs }),
    shared,
    mayShare: (kept) => kept.mayShare,
    ...watch,
  });
  nudges.listen('catalogue', (_subject, origin) => {
    cache.clear();
    // Others are told after Redis knows: who clears and looks there finds no old page.
    return origin === 'here' ? shared?.renew() : undefined;
  });
  return cache;
}

/**
 * The same key must always be asked for with the same type, of plain data.
 * @param mayShare what other processes are likely to ask for too. Not what a stranger can make any number of: searches,
 * and names of what does not exist.
 */
export async function cached<T>(
  cache: CatalogueCache,
  key: string,
  load: () => Promise<T>,
  mayShare: (value: T) => boolean = () => true,
): Promise<T> {
  const found = await cache.get([key], async () => {
    const value = await load();
    return new Map([[key, { value, mayShare: mayShare(value) }]]);
  });
  return found.get(key)?.value as T;
}
