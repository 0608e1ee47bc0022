/** One worker does what is asked of the system, a job at a time, and asks for backups itself when their time has come. */
import { hostname } from 'node:os';
import type { JobKind } from '../../../contract/system.ts';
import { sleep } from '../../platform/clock.ts';
import { recordEvents, type ShopEvent } from '../../platform/event-store.ts';
import { type Lease, withLease } from '../../platform/lease.ts';
import type { Metrics } from '../../platform/observe/metrics.ts';
import { putSettingOnce, readSetting } from '../../platform/settings-store.ts';
import { readBackupSettings } from '../backup/backup-settings.ts';
import { listBackups } from '../backup/backup-store.ts';
import { BackupError } from '../backup/manifest.ts';
import { lastDueAt, lastRehearsalDueAt } from '../backup/schedule.ts';
import { syncBackups } from '../backup/sync-backups.ts';
import { beginJob, failRunningJobs, finishJob, forgetJobs, nextJobId, noteProgress, readJob } from './job-store.ts';
import { type JobDeps, jobs } from './jobs.ts';
import { requestScheduled } from './request-job.ts';

export type JobsWorld = JobDeps & { metrics: Pick<Metrics, 'systemJobs' | 'backupMadeAt'> };

const lookEveryMs = 1000;
const calendarEveryMs = 20_000;
const progressEveryMs = 700;
const jobsKeptMs = 90 * 24 * 3_600_000;
const sinceSetting = 'backup.schedule-since';

/** Until `stop` aborts. */
export async function runJobs(world: JobsWorld, holder: string, stop: AbortSignal): Promise<void> {
  const { log } = world;
  const options = { name: 'jobs', holder, lifetimeMs: world.leaseMs ?? 10_000 };
  const onTrouble = (error: unknown) => log.debug({ err: error }, 'the lease of the jobs');
  await withLease({ ...world, onTrouble }, options, stop, async (lease) => {
    await lead(world, lease);
  });
}

async function lead(world: JobsWorld, lease: Lease): Promise<void> {
  const { database, clock, log } = world;
  let begun = false;
  let lookedMs = Number.NEGATIVE_INFINITY;
  while (!lease.signal.aborted) {
    try {
      if (!begun) {
        await database.transact('job.interrupted', async (tx) => {
          await lease.confirm(tx);
          await failRunningJobs(tx, clock.now());
        });
        begun = true;
      }
      if (clock.monotonicMs() - lookedMs >= calendarEveryMs) {
        lookedMs = clock.monotonicMs();
        await lookAtCalendar(world);
      }
      if (await runNextJob(world, lease)) continue;
    } catch (error) {
      log.warn({ err: error }, 'the jobs of the system wait');
    }
    await sleep(lookEveryMs, lease.signal);
  }
}

/** Asks for what is due. A new shop's first backup is the first one whose time comes while it is there. */
export async function lookAtCalendar(world: JobsWorld): Promise<void> {
  const { database, clock } = world;
  const now = clock.now();
  await syncBackups(world);
  const [latest] = await listBackups(database.read, 1);
  // Known after a restart too: an alarm counts from it.
  world.metrics.backupMadeAt.set((latest?.madeAt ?? 0) / 1000);
  await database.transact('job.forget', (tx) => forgetJobs(tx, now - jobsKeptMs));
  const since = await database.transact('backup.since', async (tx) => {
    await putSettingOnce(tx, sinceSetting, String(now), now);
    return Number(await readSetting(tx, sinceSetting));
  });
  const settings = await readBackupSettings(database.read);
  if (!settings.enabled) return;
  const backupDue = lastDueAt(settings, now);
  if (backupDue && backupDue > since) await ask('backup', backupDue, {});
  const rehearsalDue = lastRehearsalDueAt(settings, now);
  if (!settings.rehearse || !rehearsalDue || rehearsalDue <= since) return;
  // With the backup of that time, once it is there.
  if (latest && latest.madeAt >= rehearsalDue) await ask('rehearsal', rehearsalDue, { backup: latest.name });

  async function ask(kind: 'backup' | 'rehearsal', dueAt: number, params: Record<string, string>): Promise<void> {
    await database.transact('job.schedule', (tx) => requestScheduled(tx, kind, dueAt, params, clock.now()));
  }
}

/** @returns false when nothing was asked for */
export async function runNextJob(world: JobsWorld, lease: Pick<Lease, 'confirm'>): Promise<boolean> {
  const { database, clock, log, metrics } = world;
  const id = await nextJobId(database.read);
  if (!id) return false;
  const startedAt = clock.now();
  const begun = await database.transact('job.begin', async (tx) => {
    await lease.confirm(tx);
    return beginJob(tx, id, hostname(), startedAt);
  });
  const job = begun ? await readJob(database.read, id) : undefined;
  if (!job) return true;
  const kind = job.kind as JobKind;
  const teller = progressTeller(world, id);
  try {
    const { good, result } = await jobs[kind](world, job, teller.tell);
    await teller.done();
    await database.transact('job.finish', async (tx) => {
      const at = clock.now();
      await finishJob(tx, id, { status: 'done', at, result });
      if (!good) await recordEvents(tx, [alarm(kind, id, 'it found something wrong')], at);
    });
    metrics.systemJobs.inc({ kind, outcome: good ? 'done' : 'bad' });
    if (kind === 'backup') metrics.backupMadeAt.set(clock.now() / 1000);
    if (!good) log.error({ event: `${kind}.failed`, job: id, result }, 'a check of the system found something wrong');
  } catch (error) {
    await teller.done();
    const message = error instanceof Error ? error.message : String(error);
    metrics.systemJobs.inc({ kind, outcome: 'failed' });
    log.error(
      { event: `${kind}.failed`, job: id, ...(error instanceof BackupError ? { reason: message } : { err: error }) },
      'a job of the system failed',
    );
    await database.transact('job.fail', async (tx) => {
      const at = clock.now();
      await finishJob(tx, id, { status: 'failed', at, error: message });
      await recordEvents(tx, [alarm(kind, id, message)], at);
    });
  }
  return true;
}

/** What people may want to be told of. */
function alarm(kind: JobKind, id: string, reason: string): ShopEvent {
  if (kind === 'backup' || kind === 'rehearsal') {
    return { event: 'backup.failed', about: id, detail: { what: kind, reason: reason.slice(0, 200) } };
  }
  return { event: 'audit.failed', about: id, detail: { kind } };
}

/** Writes the latest word now and then; what comes between is not worth a transaction. */
function progressTeller({ database, clock }: JobsWorld, id: string) {
  let toldMs = Number.NEGATIVE_INFINITY;
  let writing: Promise<unknown> = Promise.resolve();
  let busy = false;
  return {
    tell(text: string): void {
      if (busy || clock.monotonicMs() - toldMs < progressEveryMs) return;
      toldMs = clock.monotonicMs();
      busy = true;
      writing = database
        .transact('job.progress', (tx) => noteProgress(tx, id, text), { deadlineMs: 1000 })
        .catch(() => undefined)
        .finally(() => {
          busy = false;
        });
    },
    done: () => writing,
  };
}
