/** A clock that a test can move forward. */
import type { Clock } from '../../server/platform/clock.ts';

export interface MovingClock extends Clock {
  advance(ms: number): void;
}

export function movingClock(): MovingClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    monotonicMs: () => performance.now() + offset,
    advance: (ms) => {
      offset += ms;
    },
  };
}
