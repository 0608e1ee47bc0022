import { localeOf, useLanguage } from './language.ts';

/** UTC milliseconds to date and minute in the reader's zone. */
export function useDateTime(): (atMs: number) => string {
  const format = new Intl.DateTimeFormat(localeOf(useLanguage()), { dateStyle: 'medium', timeStyle: 'short' });
  return (atMs) => format.format(atMs);
}
