import { stuckMessages } from '../../delivery/outbox-store.ts';
import { endAlarm, goingAlarms, raiseAlarm } from '../../platform/alarm-store.ts';
import type { Scan } from './scan.ts';

const stuckAfterMs = 10 * 60_000;
const alarm = 'outbox.stuck';
const counted = 1000;
const named = 5;

export const outboxStuckScan: Scan = {
  name: 'outbox-stuck',
  says: 'Counts messages that have been waiting for more than ten minutes, and names some in the log.',
  everyMs: 60_000,
  runsOn: 'leader',
  async run({ database, clock, log, metrics, confirm }) {
    const stuck = await stuckMessages(database.read, clock.now() - stuckAfterMs, counted);
    metrics.outboxStuck.set(stuck.length);
    if (stuck.length > 0) log.warn({ count: stuck.length, some: stuck.slice(0, named) }, 'outbox messages are stuck');
    const goes = (await goingAlarms(database.read, alarm)).length > 0;
    if (stuck.length > 0 || goes) {
      await database.transact('outbox.alarm', async (tx) => {
        await confirm(tx);
        const detail = { count: stuck.length };
        if (stuck.length > 0) await raiseAlarm(tx, { name: alarm, begins: 'outbox.stuck', detail }, clock.now());
        else await endAlarm(tx, { name: alarm, ends: 'outbox.flowing', detail }, clock.now());
      });
    }
    return { found: stuck.length, mended: 0 };
  },
};
