import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again every few milliseconds until the answer is yes; fails with `what` when it stays no. */
export async function until(what: string, yes: () => Promise<boolean>, withinMs = 20_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await yes())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await sleep(20);
  }
}
