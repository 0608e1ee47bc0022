/** Pure: what was chosen -> the range to ask for, whole days in the reader's own zone. */
import type { OverviewBucket, Revenue } from '../../../contract/admin-overview.ts';
import { dayEnd, dayStart } from '../list/day.ts';

export const rangeNames = ['today', 'week', 'month', 'own'] as const;
export type RangeName = (typeof rangeNames)[number];

export interface Range {
  from: number;
  to: number;
  stepMs: number;
  /** What one bar of the chart stands for. */
  bars: 'hour' | 'day';
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const maxDays = 366;
/** Days of 25 hours included, this asks for fewer buckets than the shop allows. */
const maxDaysByHour = 32;
/** More bars than this would be too thin to point at. */
const maxDaysInHours = 3;
const daysOf = { today: 1, week: 7, month: 30 } as const;

const midnight = (at: Date, daysLater: number): number =>
  new Date(at.getFullYear(), at.getMonth(), at.getDate() + daysLater).getTime();

export function rangeOf(
  search: { range?: string | undefined; from?: string | undefined; to?: string | undefined },
  now: Date,
): Range {
  const name = rangeNames.find((one) => one === search.range) ?? 'today';
  const today = midnight(now, 0);
  if (name !== 'own') return withStep(midnight(now, 1 - daysOf[name]), midnight(now, 1));
  const from = dayStart(search.from) ?? today;
  const to = dayEnd(search.to) ?? midnight(now, 1);
  // The wrong way round, or too long: what begins on the first day.
  const end = to > from ? to : midnight(new Date(from), 1);
  return withStep(from, Math.min(end, midnight(new Date(from), maxDays)));
}

function withStep(from: number, to: number): Range {
  const days = Math.round((to - from) / dayMs);
  return { from, to, stepMs: days <= maxDaysByHour ? hourMs : dayMs, bars: days <= maxDaysInHours ? 'hour' : 'day' };
}

export interface Bar {
  at: number;
  placed: number;
  paid: number;
  revenue: Revenue[];
}

/** Buckets of hours folded into days where the chart shows days; bars without orders included. */
export function barsOf(range: Range, buckets: readonly OverviewBucket[]): Bar[] {
  const starts: number[] = [];
  for (let at = range.from; at < range.to; at = range.bars === 'hour' ? at + hourMs : midnight(new Date(at), 1))
    starts.push(at);
  const bars = starts.map((at): Bar => ({ at, placed: 0, paid: 0, revenue: [] }));
  for (const bucket of buckets) {
    const bar = bars.findLast(({ at }) => at <= bucket.at);
    if (!bar) continue;
    bar.placed += bucket.placed;
    bar.paid += bucket.paid;
    for (const line of bucket.revenue) addLine(bar.revenue, line);
  }
  return bars;
}

function addLine(revenue: Revenue[], line: Revenue): void {
  const same = revenue.find(({ currency }) => currency === line.currency);
  if (!same) revenue.push({ ...line });
  else {
    same.receivedMinor += line.receivedMinor;
    same.refundedMinor += line.refundedMinor;
  }
}
