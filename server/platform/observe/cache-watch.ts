/** What a cache tells the metrics and the log. */
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

export interface CacheWatch {
  onLookup(outcome: 'shared' | 'loaded' | 'stale', count: number): void;
  onTrouble(error: unknown): void;
}

export function watchCache(cache: string, { log, metrics }: { log: Log; metrics: Metrics }): CacheWatch {
  return {
    onLookup: (outcome, count) => metrics.cacheLookups.inc({ cache, outcome }, count),
    onTrouble: (error) =>
      log.warn({ err: error, cache }, 'the database does not answer: the last known values are shown'),
  };
}
