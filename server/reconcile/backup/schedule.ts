/** When the next backup is due, and whether one was missed: a worker that was away makes it when it comes back. */
import { Cron } from 'croner';
import type { BackupSettings } from '../../../contract/system.ts';

/** Every Sunday, at the same time of day: the rehearsal follows the backup in the queue. */
const rehearsalWeekday = 0;

type When = Pick<BackupSettings, 'time' | 'timeZone'>;

export function nextBackupAt(settings: When & { enabled: boolean }, now: number): number | null {
  if (!settings.enabled) return null;
  return cronOf(settings).nextRun(new Date(now))?.getTime() ?? null;
}

/** The last time that has come, in UTC ms. */
export function lastDueAt(settings: When, now: number): number | undefined {
  return cronOf(settings)
    .previousRuns(1, new Date(now + 1))[0]
    ?.getTime();
}

export function lastRehearsalDueAt(settings: When, now: number): number | undefined {
  return cronOf(settings, String(rehearsalWeekday))
    .previousRuns(1, new Date(now + 1))[0]
    ?.getTime();
}

function cronOf({ time, timeZone }: When, weekday = '*'): Cron {
  const [hour, minute] = time.split(':').map(Number);
  return new Cron(`${minute} ${hour} * * ${weekday}`, { timezone: timeZone, paused: true });
}
