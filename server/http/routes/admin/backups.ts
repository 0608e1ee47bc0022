import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { Problem } from '../../../../contract/common.ts';
import {
  BackupList,
  BackupParams,
  BackupSettings,
  type BackupView,
  UpdateBackupSettingsBody,
} from '../../../../contract/system.ts';
import type { Context } from '../../../context.ts';
import { recordAudit } from '../../../platform/audit-store.ts';
import { tarOf } from '../../../platform/tar.ts';
import { readBackupSettings, updateBackupSettings } from '../../../reconcile/backup/backup-settings.ts';
import { listBackups, noteRemoved, readBackup } from '../../../reconcile/backup/backup-store.ts';
import { filesToHandOut } from '../../../reconcile/backup/files-to-hand-out.ts';
import { removeBackup } from '../../../reconcile/backup/make-backup.ts';
import { manifestName } from '../../../reconcile/backup/manifest.ts';
import { nextBackupAt } from '../../../reconcile/backup/schedule.ts';
import { actorOf } from '../../actor.ts';
import type { App } from '../../app-type.ts';
import { requireRecentProof } from '../../plugins/recent-proof.ts';
import { ProblemError } from '../../problem.ts';

const tags = ['admin: system'];
const base = '/api/admin/v1/backups';

export function backupRoutes(app: App, context: Context): void {
  const { config, database, clock } = context;
  const list = {
    operationId: 'adminListBackups',
    tags,
    summary: 'Backups that are there, when the next is due, and how long they are kept',
    response: { 200: BackupList },
  };
  app.get(base, { config: { action: 'backups.read' }, schema: list }, async () => {
    const settings = await readBackupSettings(database.read);
    return {
      backups: await listBackups(database.read),
      settings,
      nextAt: nextBackupAt(settings, clock.now()),
      folder: config.backupDir,
      copyFolder: config.backupCopyDir ?? null,
      keyFile: config.masterKeyFile,
    };
  });
  const update = {
    operationId: 'adminUpdateBackupSettings',
    tags,
    summary: 'When backups are made and how long they are kept',
    body: UpdateBackupSettingsBody,
    response: { 200: BackupSettings, 400: Problem, 409: Problem },
  };
  app.put(`${base}/settings`, { config: { action: 'backups.change' }, schema: update }, async (request) => {
    const outcome = await updateBackupSettings(context, { ...request.body, ...actorOf(request) });
    if (outcome.kind === 'edit-conflict') throw new ProblemError('edit_conflict');
    if (outcome.kind === 'no-such-time-zone') throw new ProblemError('invalid_request', 'There is no such time zone.');
    return outcome.settings;
  });
  const remove = {
    operationId: 'adminRemoveBackup',
    tags,
    summary: 'Removes a backup and its copy from the disk',
    params: BackupParams,
    response: { 204: Type.Null(), 404: Problem, 409: Problem },
  };
  app.delete(`${base}/:id`, { config: { action: 'backups.change' }, schema: remove }, async (request, reply) => {
    const backup = await here(context, request.params.id);
    await removeBackup(backup);
    const entry = { ...actorOf(request), action: 'backup.remove' as const, subject: `backup:${backup.name}` };
    await database.transact('backup.remove', async (tx) => {
      const before = { madeAt: backup.madeAt, rows: backup.rows };
      if (await noteRemoved(tx, backup.name, clock.now())) await recordAudit(tx, { ...entry, before, at: clock.now() });
    });
    return reply.code(204).send(null);
  });
  const download = {
    operationId: 'adminDownloadBackup',
    tags,
    summary: 'The backup as a tar file, without key files; for an owner who has just proved who they are',
    params: BackupParams,
    produces: ['application/x-tar'],
  };
  app.get(
    `${base}/:id/download`,
    {
      config: { action: 'backups.download' },
      schema: download,
      preHandler: requireRecentProof(context),
      exposeHeadRoute: false,
    },
    async (request, reply) => {
      const backup = await here(context, request.params.id);
      const files = await filesToHandOut(backup.folder);
      const entry = { ...actorOf(request), action: 'backup.download' as const, subject: `backup:${backup.name}` };
      await database.transact('backup.download', (tx) => recordAudit(tx, { ...entry, at: clock.now() }));
      reply.header('content-type', 'application/x-tar');
      reply.header('cache-control', 'no-store');
      reply.header('content-disposition', `attachment; filename="${backup.name}.tar"`);
      return reply.send(Readable.from(tarOf(files, backup.madeAt)));
    },
  );
}

/** Its files are on the disk of the machine that made it, which another one may share. */
async function here({ database }: Context, name: string): Promise<BackupView> {
  const backup = await readBackup(database.read, name);
  if (!backup) throw new ProblemError('backup_not_found');
  if (existsSync(join(backup.folder, manifestName))) return backup;
  if (backup.host === hostname()) throw new ProblemError('backup_not_found');
  throw new ProblemError('backup_elsewhere', `This backup lies on ${backup.host}.`);
}
