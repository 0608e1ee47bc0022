/**
 * Figures of days gone by, kept for some minutes: a page that looks at 30 days and asks again each ten seconds has only
 * the present day read. In return a refund of an older order shows some minutes later in the figures of its day.
 */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/clock.ts';

export interface Span {
  from: number;
  to: number;
  stepMs: number;
}

/** Figures of one bucket; `at` is its beginning. */
interface Cell {
  at: number;
}

const dayMs = 86_400_000;
const keptMs = 10 * 60_000;
/** Buyers still pay what they ordered a while ago. */
const restMs = 2 * 3_600_000;
const maxDays = 3000;

export function createKeptDays<C extends Cell>(
  clock: Clock,
  load: (span: Span) => Promise<C[]>,
): (span: Span) => Promise<C[]> {
  const kept = new LRUCache<string, C[]>({
    max: maxDays,
    ttl: keptMs,
    ttlResolution: 0,
    perf: { now: clock.monotonicMs },
  });

  return async (span) => {
    const pieceMs = Math.max(dayMs, span.stepMs);
    // Buckets that do not fill a day would lie across the border of two.
    if (pieceMs % span.stepMs !== 0) return load(span);
    const key = (from: number) => `${from} ${span.stepMs}`;
    const over = (from: number) => from + pieceMs <= Math.min(span.to, clock.now() - restMs);
    const cells: C[] = [];
    const missing: Span[] = [];
    for (let from = span.from; from < span.to; from += pieceMs) {
      const known = over(from) ? kept.get(key(from)) : undefined;
      if (known) cells.push(...known);
      else addPiece(missing, { ...span, from, to: Math.min(from + pieceMs, span.to) });
    }
    for (const piece of missing) {
      const found = await load(piece);
      cells.push(...found);
      for (let from = piece.from; from < piece.to; from += pieceMs) {
        const ofDay = found.filter(({ at }) => at >= from && at < from + pieceMs);
        if (over(from)) kept.set(key(from), ofDay);
      }
    }
    return cells;
  };
}

/** Days beside one another are read in one go. */
function addPiece(pieces: Span[], piece: Span): void {
  const last = pieces.at(-1);
  if (last?.to === piece.from) last.to = piece.to;
  else pieces.push(piece);
}
