/** The `system_jobs` table: what the leading worker was asked to do. A row goes from requested to running to done or failed. */
import type { JobKind, JobStatus, JobView } from '../../../contract/system.ts';
import { insertRows } from '../../platform/db/bulk.ts';
import type { Db, Tx } from '../../platform/db/database.ts';
import type { SystemJobsTable } from '../../platform/db/tables.ts';

export interface JobRequest {
  id: string;
  /** At most one job has it, over all processes and for ever. */
  key: string;
  kind: JobKind;
  params: Record<string, string>;
  by: string;
  at: number;
}

/** @returns false when a job of that key was there already */
export async function insertJob(tx: Tx, { id, key, kind, params, by, at }: JobRequest): Promise<boolean> {
  const row = {
    id,
    job_key: key,
    kind,
    params: JSON.stringify(params),
    status: 'requested',
    requested_by: by.slice(0, 120),
    requested_at: at,
  };
  return (await insertRows(tx, 'system_jobs', [row], { onConflict: 'ignore' })) === 1;
}

export async function readJob(db: Db | Tx, id: string): Promise<JobView | undefined> {
  const row = await db.selectFrom('system_jobs').selectAll().where('id', '=', id).executeTakeFirst();
  return row && jobView(row);
}

/** Newest first. */
export async function listJobs(db: Db, kind: JobKind | undefined, limit: number): Promise<JobView[]> {
  let query = db.selectFrom('system_jobs').selectAll();
  if (kind) query = query.where('kind', '=', kind);
  return (await query.orderBy('id', 'desc').limit(limit).execute()).map(jobView);
}

export async function unfinishedJobs(db: Db | Tx, kind?: JobKind): Promise<JobView[]> {
  let query = db.selectFrom('system_jobs').selectAll().where('status', 'in', ['requested', 'running']);
  if (kind) query = query.where('kind', '=', kind);
  return (await query.orderBy('id').limit(20).execute()).map(jobView);
}

export async function nextJobId(db: Db): Promise<string | undefined> {
  const query = db.selectFrom('system_jobs').select('id').where('status', '=', 'requested');
  return (await query.orderBy('id').limit(1).executeTakeFirst())?.id;
}

/** @returns false when somebody else has begun it */
export async function beginJob(tx: Tx, id: string, host: string, at: number): Promise<boolean> {
  const begun = await tx
    .updateTable('system_jobs')
    .set({ status: 'running', host: host.slice(0, 255), started_at: at, progress: '' })
    .where('id', '=', id)
    .where('status', '=', 'requested')
    .executeTakeFirst();
  if (begun.numUpdatedRows === 1n) return true;
  // Our own first run, whose COMMIT was lost from sight.
  const row = await tx.selectFrom('system_jobs').select(['host', 'started_at']).where('id', '=', id).executeTakeFirst();
  return row?.host === host.slice(0, 255) && row.started_at === at;
}

export async function noteProgress(tx: Tx, id: string, progress: string): Promise<void> {
  await tx
    .updateTable('system_jobs')
    .set({ progress: progress.slice(0, 300) })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .execute();
}

export async function finishJob(
  tx: Tx,
  id: string,
  end: { status: 'done' | 'failed'; at: number; result?: unknown; error?: string },
): Promise<void> {
  const { status, at, result, error } = end;
  await tx
    .updateTable('system_jobs')
    .set({
      status,
      finished_at: at,
      progress: null,
      result: result === undefined ? null : JSON.stringify(result),
      error: error?.slice(0, 2000) ?? null,
    })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .execute();
}

/** Whoever leads now did not begin these: the process that did is gone. */
export async function failRunningJobs(tx: Tx, at: number): Promise<number> {
  const failed = await tx
    .updateTable('system_jobs')
    .set({ status: 'failed', finished_at: at, progress: null, error: 'the worker that did it has ended' })
    .where('status', '=', 'running')
    .executeTakeFirst();
  return Number(failed.numUpdatedRows);
}

/** Jobs are kept for a while to be looked at. */
export async function forgetJobs(tx: Tx, before: number): Promise<void> {
  await tx
    .deleteFrom('system_jobs')
    .where('requested_at', '<', before)
    .where('status', 'in', ['done', 'failed'])
    .execute();
}

function jobView(row: SystemJobsTable): JobView {
  return {
    id: row.id,
    kind: row.kind,
    params: JSON.parse(row.params),
    status: row.status as JobStatus,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    host: row.host,
    progress: row.progress,
    result: row.result === null ? null : JSON.parse(row.result),
    error: row.error,
  };
}
