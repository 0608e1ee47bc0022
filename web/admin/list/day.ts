/** A day as a date field writes it (2026-01-31), in the reader's own zone. */

/** First moment of the day in UTC milliseconds; undefined when it is no date. */
export function dayStart(day: string | undefined): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '');
  if (!match) return undefined;
  const at = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3])).getTime();
  return Number.isNaN(at) ? undefined : at;
}

/** First moment of the day after it: days of 23 and 25 hours included. */
export function dayEnd(day: string | undefined): number | undefined {
  const start = dayStart(day);
  if (start === undefined) return undefined;
  const date = new Date(start);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}
