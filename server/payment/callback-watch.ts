/**
 * Whether genuine callbacks of payment channels are taken in. Those that are not genuine do not count: anybody can send them,
 * and nobody may wake the owner by sending them. More than one in twenty failing is an alarm for the whole shop; it ends by
 * itself when no process has renewed it for a while (reconcile/scans/end-alarms.ts).
 */
import { raiseAlarm } from '../platform/alarm-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Log } from '../platform/observe/log.ts';

export const callbackAlarm = 'callbacks';
const windowMs = 10 * 60_000;
const remembered = 500;
const badShare = 0.05;
/** One of one is a share too, and says nothing. */
const leastFailures = 3;
const renewEveryMs = 60_000;

export interface CallbackWatch {
  note(failed: boolean): void;
}

export function createCallbackWatch(deps: { clock: Clock; database: Database; log: Log }): CallbackWatch {
  const { clock, database, log } = deps;
  let recent: { at: number; failed: boolean }[] = [];
  let raisedMs = Number.NEGATIVE_INFINITY;
  return {
    note(failed) {
      const now = clock.monotonicMs();
      recent = [...recent.filter((one) => now - one.at < windowMs), { at: now, failed }].slice(-remembered);
      const failures = recent.filter((one) => one.failed).length;
      if (!failed || failures < leastFailures || failures <= recent.length * badShare) return;
      if (now - raisedMs < renewEveryMs) return;
      raisedMs = now;
      const detail = { failed: failures, total: recent.length };
      log.error({ ...detail, event: 'callbacks.failing' }, 'payment callbacks are failing');
      const alarm = { name: callbackAlarm, begins: 'callbacks.failing', detail } as const;
      database
        .transact('callbacks.alarm', (tx) => raiseAlarm(tx, alarm, clock.now()))
        .catch(() => {
          // The next failure tries again: without a database that is not long.
          raisedMs = Number.NEGATIVE_INFINITY;
        });
    },
  };
}
