/** The only file of the server that reads the time. Everything else is handed a Clock, so tests can move it. */
export interface Clock {
  /** UTC milliseconds since 1970. */
  now(): number;
  /** Milliseconds that only ever rise, for measuring how long something took. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
};

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}
