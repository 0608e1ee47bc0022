/** The loop around sendOutbox: at once when nudged, else once a second. Any number of workers may run it. */
import { sleep } from '../platform/clock.ts';
import type { Nudges } from '../platform/nudges.ts';
import { returnLeases } from './outbox-store.ts';
import { type OutboxDeps, sendOutbox } from './send-outbox.ts';

const pollMs = 1000;

/** Returns after `stop` aborts and the messages in hand are dealt with. */
export async function runOutbox(deps: OutboxDeps & { nudges: Nudges }, stop: AbortSignal): Promise<void> {
  let wake = new AbortController();
  const silence = deps.nudges.listen('outbox', () => wake.abort());
  while (!stop.aborted) {
    // Renewed before looking: what is nudged while we look is looked for again.
    wake = new AbortController();
    const handled = await sendOutbox(deps).catch((error: unknown) => {
      deps.log.error({ err: error }, 'the outbox could not be worked');
      return 0;
    });
    if (handled === 0) await sleep(pollMs, AbortSignal.any([stop, wake.signal]));
  }
  silence();
  // Only what a failed write left leased; a message that was sent is done.
  await deps.database
    .transact('outbox.return', (tx) => returnLeases(tx, deps.owner, deps.clock.now()), { deadlineMs: 1000 })
    .catch((error: unknown) => deps.log.warn({ err: error }, 'outbox leases run out by themselves'));
}
