import { stuckMessages } from '../../delivery/outbox-store.ts';
import type { Scan } from './scan.ts';

const stuckAfterMs = 10 * 60_000;
const counted = 1000;
const named = 5;

export const outboxStuckScan: Scan = {
  name: 'outbox-stuck',
  says: 'Counts messages that have been waiting for more than ten minutes, and names some in the log.',
  everyMs: 60_000,
  runsOn: 'leader',
  async run({ database, clock, log, metrics }) {
    const stuck = await stuckMessages(database.read, clock.now() - stuckAfterMs, counted);
    metrics.outboxStuck.set(stuck.length);
    if (stuck.length > 0) log.warn({ count: stuck.length, some: stuck.slice(0, named) }, 'outbox messages are stuck');
    return { found: stuck.length, mended: 0 };
  },
};
