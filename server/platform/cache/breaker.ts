/**
 * Decides when to stop asking a helper that does not answer, so that its silence costs a moment once in a while and not on
 * every request.
 *
 *   closed -> some failures within a second -> open (nobody asks) -> the hold is over, a probe succeeds -> closed
 *
 * Failures are counted within a window and successes between them do not help: of a cluster with one dead node two
 * thirds of the questions succeed. A helper that fails again soon after it was let back is held off twice as long.
 */
import type { Clock } from '../clock.ts';

export interface Breaker {
  closed(): boolean;
  failed(): void;
  /** Open, and the hold is over: one probe may be sent. */
  mayProbe(): boolean;
  probed(success: boolean): void;
}

const maxFailures = 5;
const windowMs = 1000;
const firstHoldMs = 500;
const maxHoldMs = 5000;
/** After this long without a trip the next one is held for the shortest time again. */
const goodConductMs = 30_000;

export function createBreaker({
  clock,
  onChange = () => {},
}: {
  clock: Clock;
  onChange?(closed: boolean): void;
}): Breaker {
  let failures: number[] = [];
  let openUntil: number | undefined;
  let holdMs = firstHoldMs;
  let closedAt = Number.NEGATIVE_INFINITY;

  function open(now: number): void {
    const relapse = now - closedAt < goodConductMs;
    holdMs = relapse ? Math.min(maxHoldMs, holdMs * 2) : firstHoldMs;
    openUntil = now + holdMs;
    failures = [];
    onChange(false);
  }

  return {
    closed: () => openUntil === undefined,
    failed() {
      if (openUntil !== undefined) return;
      const now = clock.monotonicMs();
      failures = failures.filter((at) => now - at < windowMs);
      failures.push(now);
      if (failures.length >= maxFailures) open(now);
    },
    mayProbe: () => openUntil !== undefined && clock.monotonicMs() >= openUntil,
    probed(success) {
      if (openUntil === undefined) return;
      const now = clock.monotonicMs();
      if (!success) {
        openUntil = now + holdMs;
        return;
      }
      openUntil = undefined;
      closedAt = now;
      onChange(true);
    },
  };
}
