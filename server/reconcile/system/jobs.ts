/** What can be asked of the leading worker. Each may be run again: nothing depends on one having ended well. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { JobKind, JobView } from '../../../contract/system.ts';
import { auditAll } from '../audit/audit-all.ts';
import { readBackupSettings } from '../backup/backup-settings.ts';
import { noteRehearsal, readBackup } from '../backup/backup-store.ts';
import { type BackupPlaces, makeBackup } from '../backup/make-backup.ts';
import { BackupError, manifestName } from '../backup/manifest.ts';
import { type RehearsalDeps, rehearse } from '../backup/rehearse.ts';
import type { BackupSource } from '../backup/write-backup.ts';
import { runScan, type WorldOfScans } from '../run-scans.ts';

export type JobDeps = WorldOfScans & BackupSource & BackupPlaces & Omit<RehearsalDeps, 'onProgress'>;

export interface JobEnd {
  /** False: it ran to its end and found something wrong. */
  good: boolean;
  result: unknown;
}

type Run = (deps: JobDeps, job: JobView, progress: (text: string) => void) => Promise<JobEnd>;
type Params = Record<string, string | undefined>;

export const jobs: Record<JobKind, Run> = {
  async backup(deps, job, progress) {
    const settings = await readBackupSettings(deps.database.read);
    const kind = job.requestedBy === 'schedule' ? 'scheduled' : 'manual';
    const keyFiles = settings.withKeys ? deps.keyFiles : [];
    const made = await makeBackup({ ...deps, keyFiles, onProgress: progress }, kind, settings);
    return { good: true, result: { name: made.name, bytes: made.bytes, rows: made.rows, removed: made.removed } };
  },

  async rehearsal(deps, job, progress) {
    const name = (job.params as Params).backup ?? '';
    const backup = await readBackup(deps.database.read, name);
    if (!backup) throw new BackupError(`there is no backup ${name} any more`);
    const folder = [backup.folder, backup.copyFolder].find((path) => path && existsSync(join(path, manifestName)));
    if (!folder) throw new BackupError(`${backup.folder} is not on this machine; it was made on ${backup.host}`);
    const rehearsal = await rehearse({ ...deps, onProgress: progress }, folder);
    const at = deps.clock.now();
    await deps.database.transact('backup.rehearsed', (tx) => noteRehearsal(tx, name, rehearsal, at));
    const broken = rehearsal.checks.filter(({ ok }) => !ok).map(({ id, found }) => ({ id, found }));
    return { good: rehearsal.ok, result: { name, ok: rehearsal.ok, broken } };
  },

  async audit(deps, _job, progress) {
    const onCheck = (id: string, done: number, of: number) => progress(`${id} (${done + 1}/${of})`);
    const report = await auditAll({ ...deps, onCheck });
    return { good: report.ok, result: report };
  },

  async scan(deps, job) {
    const report = await runScan(deps, (job.params as Params).scan ?? '');
    return { good: true, result: report };
  },
};
