/** Which scheduled backups may go: the last one of each of so many days stays, and the last one of each of so many weeks. */

export interface KeepRule {
  keepDays: number;
  keepWeeks: number;
  timeZone: string;
}

interface Made {
  name: string;
  /** UTC milliseconds. */
  madeAt: number;
}

const dayMs = 24 * 3_600_000;

/** The newest one always stays. @returns the names of those that may go */
export function outlived(backups: readonly Made[], { keepDays, keepWeeks, timeZone }: KeepRule): string[] {
  const newestFirst = [...backups].sort((a, b) => b.madeAt - a.madeAt);
  const dayOf = (at: number) => dayNumber(at, timeZone);
  // Day 0 of 1970 was a Thursday: weeks begin on Mondays.
  const weekOf = (at: number) => Math.floor((dayOf(at) + 3) / 7);
  const kept = new Set([
    ...lastOfEach(newestFirst, dayOf, Math.max(1, keepDays)),
    ...lastOfEach(newestFirst, weekOf, keepWeeks),
  ]);
  return newestFirst.filter(({ name }) => !kept.has(name)).map(({ name }) => name);
}

function lastOfEach(newestFirst: readonly Made[], periodOf: (at: number) => number, count: number): string[] {
  const seen = new Map<number, string>();
  for (const { name, madeAt } of newestFirst) {
    const period = periodOf(madeAt);
    if (!seen.has(period)) seen.set(period, name);
  }
  return [...seen.values()].slice(0, count);
}

/** Days since 1970 as a calendar on the wall of that place counts them. */
function dayNumber(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return Date.parse(`${format.format(at)}T00:00:00Z`) / dayMs;
}
