/** What catalogue pages are made of, kept for two seconds and forgotten when somebody says "catalogue changed". */
import type { Clock } from '../platform/clock.ts';
import type { Nudges } from '../platform/nudges.ts';
import { createShortCache, type ShortCache } from '../platform/short-cache.ts';

export type CatalogueCache = ShortCache<unknown>;

const freshMs = 2000;
/** Different searches and pages kept at a time. */
const maxEntries = 500;

export function createCatalogueCache({ clock, nudges }: { clock: Clock; nudges: Nudges }): CatalogueCache {
  const cache = createShortCache<unknown>({ clock, freshMs, max: maxEntries });
  nudges.listen('catalogue', () => cache.clear());
  return cache;
}

/** The same key must always be asked for with the same type. */
export function cached<T>(cache: CatalogueCache, key: string, load: () => Promise<T>): Promise<T> {
  return cache.get(key, load) as Promise<T>;
}
