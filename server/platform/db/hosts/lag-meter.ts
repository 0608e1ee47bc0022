/**
 * How far a replica is behind, without comparing anybody's clocks: a number in the database rises about twice a second;
 * a replica that has not got a number yet is behind by the time that has passed, by our own clock, since we saw that
 * number at the writer.
 */
import type { Clock } from '../../clock.ts';

export const beatEveryMs = 500;
const aheadAtMost = 2;
/** Ten minutes of beats. */
const mostBeats = 1200;

export interface LagMeter {
  sawAtWriter(beat: number | undefined): void;
  /** When the writer's number last changed, by our clock; undefined before the first. */
  lastChange(): { beat: number; atMs: number } | undefined;
  /** Milliseconds, or undefined when it cannot be told. */
  lagOf(beat: number | undefined): number | undefined;
}

export function createLagMeter(clock: Clock): LagMeter {
  let seen: { beat: number; atMs: number }[] = [];
  return {
    sawAtWriter(beat) {
      const last = seen.at(-1);
      if (beat === undefined || beat === last?.beat) return;
      // A new writer may have missed the last beats of the old one, and counts on from what it has.
      if (last && beat < last.beat) seen = [];
      seen.push({ beat, atMs: clock.monotonicMs() });
      if (seen.length > mostBeats) seen.shift();
    },
    lastChange: () => seen.at(-1),
    lagOf(beat) {
      const [oldest] = seen;
      if (beat === undefined || !oldest) return undefined;
      // A little ahead is one who was looked at later than the writer; more is one who went another way.
      if (beat > (seen.at(-1)?.beat ?? 0) + aheadAtMost) return undefined;
      const missed = seen.find((one) => one.beat > beat);
      if (!missed) return 0;
      // What it lacks from before we began to watch is only known by number.
      const unseenMs = missed === oldest ? (oldest.beat - beat - 1) * beatEveryMs : 0;
      return clock.monotonicMs() - missed.atMs + unseenMs;
    },
  };
}
