/** Full-jitter exponential backoff in milliseconds: attempt 0 waits up to `baseMs`, doubling to at most `maxMs`. */
export function backoffMs(attempt: number, baseMs: number, maxMs: number, random: () => number = Math.random): number {
  const ceiling = Math.min(maxMs, baseMs * 2 ** Math.min(attempt, 30));
  return Math.ceil(ceiling * (0.5 + 0.5 * random()));
}
