/**
 * Reads that may lag, for what is cached: after "this has changed" they go to the writer until every replica that is read
 * at all has the change. Otherwise a page loaded from a replica just after the cache was emptied would bring the old back.
 */
import type { Clock } from '../clock.ts';
import type { Database, Db } from './database.ts';

export interface LaggingReads {
  db(): Db;
  changed(): void;
}

/** Lag is measured in steps of half a second, and a host is looked at every third of one. */
const measuredWithinMs = 1000;

export function createLaggingReads(
  database: Pick<Database, 'read' | 'lagging' | 'maxLagMs'>,
  clock: Clock,
): LaggingReads {
  let writerUntilMs = Number.NEGATIVE_INFINITY;
  return {
    db: () => (clock.monotonicMs() < writerUntilMs ? database.read : database.lagging),
    changed() {
      writerUntilMs = clock.monotonicMs() + database.maxLagMs + measuredWithinMs;
    },
  };
}
