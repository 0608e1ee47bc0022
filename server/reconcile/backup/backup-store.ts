/** The `backups` table: a list of the folders that workers made or found. The folders themselves are the truth. */
import type { BackupKind, BackupView, Rehearsal } from '../../../contract/system.ts';
import { insertRows } from '../../platform/db/bulk.ts';
import type { Db, Tx } from '../../platform/db/database.ts';
import type { BackupsTable } from '../../platform/db/tables.ts';

export async function insertBackup(tx: Tx, backup: Omit<BackupView, 'rehearsedAt' | 'rehearsal'>): Promise<void> {
  const { name, kind, host, folder, copyFolder, madeAt, durationMs, bytes, rows, withKeys, verifiedAt } = backup;
  const row = {
    name,
    kind,
    host,
    folder,
    copy_folder: copyFolder,
    made_at: madeAt,
    duration_ms: durationMs,
    bytes,
    row_count: rows,
    with_keys: withKeys ? 1 : 0,
    verified_at: verifiedAt,
  };
  await insertRows(tx, 'backups', [row], { onConflict: 'ignore' });
}

/** Those that are there, newest first. */
export async function listBackups(db: Db, limit = 200): Promise<BackupView[]> {
  const query = db.selectFrom('backups').selectAll().where('removed_at', 'is', null);
  return (await query.orderBy('made_at', 'desc').limit(limit).execute()).map(backupView);
}

export async function readBackup(db: Db | Tx, name: string): Promise<BackupView | undefined> {
  const query = db.selectFrom('backups').selectAll().where('name', '=', name).where('removed_at', 'is', null);
  const row = await query.executeTakeFirst();
  return row && backupView(row);
}

export async function noteRemoved(tx: Tx, name: string, at: number): Promise<boolean> {
  const changed = await tx
    .updateTable('backups')
    .set({ removed_at: at })
    .where('name', '=', name)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

export async function noteRehearsal(tx: Tx, name: string, rehearsal: Rehearsal, at: number): Promise<void> {
  await tx
    .updateTable('backups')
    .set({ rehearsed_at: at, rehearsal: JSON.stringify(rehearsal) })
    .where('name', '=', name)
    .execute();
}

function backupView(row: BackupsTable): BackupView {
  return {
    name: row.name,
    kind: row.kind as BackupKind,
    host: row.host,
    folder: row.folder,
    copyFolder: row.copy_folder,
    madeAt: row.made_at,
    durationMs: row.duration_ms,
    bytes: row.bytes,
    rows: row.row_count,
    withKeys: row.with_keys === 1,
    verifiedAt: row.verified_at,
    rehearsedAt: row.rehearsed_at,
    rehearsal: row.rehearsal === null ? null : (JSON.parse(row.rehearsal) as Rehearsal),
  };
}
