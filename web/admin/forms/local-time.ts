/** The text of a `datetime-local` field, in the reader's own zone, and UTC milliseconds. */

const two = (value: number): string => String(value).padStart(2, '0');

export function localTime(atMs: number | null): string {
  if (atMs === null) return '';
  const at = new Date(atMs);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** null for an empty field. */
export function fromLocalTime(text: string): number | null {
  const at = text === '' ? Number.NaN : new Date(text).getTime();
  return Number.isNaN(at) ? null : at;
}
