/**
 * Degrade mode is told once for the whole shop, whichever processes are in it. While the database is away nothing can be
 * written, so it is told when that is back: when it began, and, once no process is degraded any more, that it is over.
 */
import { raiseAlarm } from '../platform/alarm-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Degrade } from './degrade.ts';

export const degradeAlarm = 'degrade';
const renewEveryMs = 5000;

/** @returns to be called twice a second */
export function createDegradeAlarm(deps: { database: Database; clock: Clock; degrade: Degrade; instance: string }) {
  const { database, clock, degrade, instance } = deps;
  let untold: { since: number; reason: string } | undefined;
  let toldMs = Number.NEGATIVE_INFINITY;
  return async function look(): Promise<void> {
    const { mode, reasons, since } = degrade.status();
    if (mode === 'degraded') untold ??= { since, reason: reasons.join(', ') };
    if (!untold || (mode === 'degraded' && clock.monotonicMs() - toldMs < renewEveryMs)) return;
    toldMs = clock.monotonicMs();
    const detail = { reason: untold.reason, since: untold.since, instance };
    const alarm = { name: degradeAlarm, begins: 'degrade.entered', detail, sinceMs: untold.since } as const;
    await database.transact('degrade.alarm', (tx) => raiseAlarm(tx, alarm, clock.now()), { deadlineMs: 1000 });
    if (mode !== 'degraded') untold = undefined;
  };
}
