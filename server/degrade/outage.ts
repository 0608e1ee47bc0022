/**
 * Is the writer away? Fed by probes and by requests that waited in vain. Pure but for the clock it is handed.
 *
 * Away: probes have failed for as long as a request may wait, or a request has waited that long and given up.
 * Back: two writes in a row have been committed; one alone may be the last breath of a dying server.
 */
import type { Clock } from '../platform/clock.ts';

export interface Outage {
  /** A probe was not answered. */
  failed(): void;
  /** A request has used up its time. */
  gaveUp(): void;
  /** The database answered. `wrote`: it committed a write. */
  answered(wrote: boolean): void;
  away(): boolean;
  /** Something failed lately: only a write proves that all is well. */
  inDoubt(): boolean;
}

const writesToTrustAgain = 2;

export function createOutage(clock: Clock, patienceMs: number): Outage {
  let failingSince: number | undefined;
  let away = false;
  let writes = 0;
  return {
    failed() {
      writes = 0;
      failingSince ??= clock.monotonicMs();
      if (clock.monotonicMs() - failingSince >= patienceMs) away = true;
    },
    gaveUp() {
      writes = 0;
      failingSince ??= clock.monotonicMs();
      away = true;
    },
    answered(wrote) {
      if (failingSince === undefined) return;
      if (!wrote || ++writes < writesToTrustAgain) return;
      failingSince = undefined;
      away = false;
    },
    away: () => away,
    inDoubt: () => failingSince !== undefined,
  };
}
