/** Alarms that processes raise end when none of them has renewed its own for a while: a process may die over it. */
import type { NoticeEventName } from '../../../contract/notices.ts';
import { degradeAlarm } from '../../degrade/degrade-alarm.ts';
import { callbackAlarm } from '../../payment/callback-watch.ts';
import { endAlarm, goingAlarms } from '../../platform/alarm-store.ts';
import type { Scan } from './scan.ts';

const endings: readonly { name: string; ends: NoticeEventName; afterMs: number }[] = [
  { name: callbackAlarm, ends: 'callbacks.working', afterMs: 10 * 60_000 },
  { name: degradeAlarm, ends: 'degrade.left', afterMs: 20_000 },
];

export const endAlarmsScan: Scan = {
  name: 'end-alarms',
  says: 'Tells that degrade mode or failing callbacks are over once no process reports them any more.',
  everyMs: 10_000,
  runsOn: 'leader',
  async run({ database, clock, confirm }) {
    const now = clock.now();
    const going = await Promise.all(endings.map(({ name }) => goingAlarms(database.read, name)));
    const over = endings.flatMap(({ name, ends, afterMs }, at) => {
      const alarm = going[at]?.find((one) => one.name === name);
      if (!alarm || now - alarm.renewedAt < afterMs) return [];
      return [{ name, ends, detail: { lastedMs: alarm.renewedAt - alarm.raisedAt } }];
    });
    if (over.length === 0) return { found: 0, mended: 0 };
    await database.transact('alarms.end', async (tx) => {
      await confirm(tx);
      for (const alarm of over) await endAlarm(tx, alarm, now);
    });
    return { found: over.length, mended: over.length };
  },
};
