/** Somebody at the desk, or the calendar, asks for a job. Of each kind one waits or runs at a time. */
import type { JobKind, JobView, RunJobBody } from '../../../contract/system.ts';
import { type Actor, recordAudit } from '../../platform/audit-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { sortableId } from '../../platform/ids.ts';
import { listBackups, readBackup } from '../backup/backup-store.ts';
import { scans } from '../scans/scans.ts';
import { insertJob, readJob, unfinishedJobs } from './job-store.ts';

export type RequestOutcome =
  | { kind: 'requested'; job: JobView }
  | { kind: 'running' }
  | { kind: 'no-such-backup' }
  | { kind: 'no-such-scan' };

interface Deps {
  database: Database;
  clock: Clock;
}

export async function requestJob(
  { database, clock }: Deps,
  { kind, backup, scan, actor, requestId }: RunJobBody & Actor,
): Promise<RequestOutcome> {
  const at = clock.now();
  const id = sortableId(at);
  const params = await paramsOf(database, kind, backup, scan);
  if (!params) return { kind: kind === 'scan' ? 'no-such-scan' : 'no-such-backup' };
  return database.transact('job.request', async (tx): Promise<RequestOutcome> => {
    const mine = await readJob(tx, id);
    if (mine) return { kind: 'requested', job: mine };
    const open = await unfinishedJobs(tx, kind);
    if (open.some((job) => kind !== 'scan' || JSON.stringify(job.params) === JSON.stringify(params))) {
      return { kind: 'running' };
    }
    await insertJob(tx, { id, key: id, kind, params, by: actor, at });
    const subject = `job:${id}`;
    await recordAudit(tx, { at, actor, requestId, action: `system.${kind}`, subject, after: params });
    return { kind: 'requested', job: (await readJob(tx, id)) as JobView };
  });
}

async function paramsOf(
  database: Database,
  kind: JobKind,
  backup: string | undefined,
  scan: string | undefined,
): Promise<Record<string, string> | undefined> {
  if (kind === 'scan') return scans.some(({ name }) => name === scan) && scan ? { scan } : undefined;
  if (kind !== 'rehearsal') return {};
  const name = backup ?? (await listBackups(database.read, 1))[0]?.name;
  return name && (await readBackup(database.read, name)) ? { backup: name } : undefined;
}

/** The calendar asks: once for each time, over all workers. */
export async function requestScheduled(
  tx: Tx,
  kind: 'backup' | 'rehearsal',
  dueAt: number,
  params: Record<string, string>,
  at: number,
): Promise<boolean> {
  return insertJob(tx, { id: sortableId(at), key: `${kind}:${dueAt}`, kind, params, by: 'schedule', at });
}
