/**
 * A range of time -> ranges of order numbers. Orders and payments are stored in the order of their numbers, which begin
 * with region and time, so what was placed in a range lies together and needs no index of its own.
 */
import { sortableTime } from '../platform/ids.ts';

export interface IdRange {
  /** The first number that may be in it, and the first after it. */
  from: string;
  to: string;
}

/** A number is made before the row: an order that was recorded while the database was away is placed later. */
const placedLaterMs = 86_400_000;
/** Clocks of two machines. */
const clocksApartMs = 60_000;
/** Ten characters of 32 hold more than any date of ours. */
const maxTimeMs = 32 ** 10 - 1;

export function orderIdRange(region: string, fromMs: number, toMs: number): IdRange {
  const first = Math.max(0, Math.floor(fromMs) - placedLaterMs);
  const after = Math.min(maxTimeMs, Math.ceil(toMs) + clocksApartMs);
  return { from: region + sortableTime(first), to: region + sortableTime(after) };
}
