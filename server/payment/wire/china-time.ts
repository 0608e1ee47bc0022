/** Times as networks in China write them: Beijing time, all year eight hours before UTC. */
const offsetMs = 8 * 3_600_000;

function parts(epochMs: number): string {
  return new Date(epochMs + offsetMs).toISOString();
}

/** 2026-01-31 23:59:59 */
export function chinaDateTime(epochMs: number): string {
  return parts(epochMs).slice(0, 19).replace('T', ' ');
}

/** 20260131235959 */
export function chinaCompact(epochMs: number): string {
  return parts(epochMs).slice(0, 19).replace(/[-:T]/g, '');
}

/** 2026-01-31T23:59:59+08:00 */
export function chinaRfc3339(epochMs: number): string {
  return `${parts(epochMs).slice(0, 19)}+08:00`;
}

/** Reads 2026-01-31 23:59:59 and 20260131235959; null for anything else. */
export function fromChinaTime(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  const match =
    /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text) ?? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second] = match.map(Number) as [number, ...number[]];
  const at = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) - offsetMs;
  return Number.isFinite(at) ? at : null;
}

/** Reads RFC 3339 with any offset; null for anything else. */
export function fromRfc3339(text: unknown): number | null {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isFinite(at) ? at : null;
}
