/**
 * One backup from beginning to end: written, read back and compared with its checksums, copied to a second place, put on the
 * list; then what has outlived its time is removed.
 */
import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import type { BackupKind, BackupView } from '../../../contract/system.ts';
import { insertBackup, listBackups, noteRemoved } from './backup-store.ts';
import { copyBackup } from './copy-backup.ts';
import { outlived } from './keep.ts';
import { BackupError, type Manifest, readManifest } from './manifest.ts';
import { type BackupSource, writeBackup } from './write-backup.ts';

export interface BackupPlaces {
  /** Where backups become folders. */
  backupFolder: string;
  copyFolder: string | undefined;
}

type Source = BackupSource & BackupPlaces;
export type MadeBackup = Omit<BackupView, 'rehearsedAt' | 'rehearsal'> & { removed: string[] };

const spareBytes = 64 * 2 ** 20;
/** A draft that old belongs to a process that has died over it. */
const abandonedAfterMs = 24 * 3_600_000;

export async function makeBackup(
  source: Source,
  kind: BackupKind,
  keep: { keepDays: number; keepWeeks: number; timeZone: string },
): Promise<MadeBackup> {
  const { database, clock, backupFolder, copyFolder, onProgress } = source;
  const from = clock.monotonicMs();
  await mkdir(backupFolder, { recursive: true, mode: 0o700 });
  await removeDrafts(backupFolder, clock.now());
  await refuseFullDisk(source);
  const { folder, manifest } = await writeBackup(source, backupFolder);
  await readManifest(folder, (path) => onProgress?.(`checking ${path}`));
  onProgress?.('copying');
  const copy = copyFolder ? await copyBackup(folder, copyFolder) : null;
  const made = {
    ...describe(folder, manifest),
    kind,
    copyFolder: copy,
    durationMs: Math.round(clock.monotonicMs() - from),
    verifiedAt: clock.now(),
  };
  await database.transact('backup.list', (tx) => insertBackup(tx, made));
  return { ...made, removed: await removeOutlived(source, keep) };
}

/** What is known of a backup from its manifest alone. */
export function describe(folder: string, manifest: Manifest) {
  const files = [...manifest.tables, ...manifest.keys, ...manifest.journal];
  return {
    name: basename(folder),
    host: hostname(),
    folder,
    madeAt: manifest.madeAt,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    withKeys: manifest.keys.length > 0,
  };
}

/** A backup that fills the disk of the database would stop the shop. */
async function refuseFullDisk({ database, backupFolder }: Source): Promise<void> {
  const [last] = await listBackups(database.read, 1).catch(() => []);
  const { bavail, bsize } = await statfs(backupFolder);
  const free = bavail * bsize;
  const needed = Math.round((last?.bytes ?? 0) * 1.5) + spareBytes;
  if (free < needed) {
    const mib = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MiB`;
    throw new BackupError(`${backupFolder} has ${mib(free)} left, and a backup needs about ${mib(needed)}`);
  }
}

/** Only what was made by itself goes by itself. */
async function removeOutlived(
  { database, clock }: Source,
  keep: { keepDays: number; keepWeeks: number; timeZone: string },
): Promise<string[]> {
  const mine = (await listBackups(database.read, 1000)).filter(
    (one) => one.kind === 'scheduled' && one.host === hostname(),
  );
  const names = outlived(mine, keep);
  for (const backup of mine.filter(({ name }) => names.includes(name))) {
    await removeBackup(backup);
    await database.transact('backup.remove', (tx) => noteRemoved(tx, backup.name, clock.now()));
  }
  return names;
}

/** Removes the folders, never anything that is not a backup. */
export async function removeBackup({ folder, copyFolder }: Pick<BackupView, 'folder' | 'copyFolder'>): Promise<void> {
  for (const path of [folder, copyFolder]) {
    if (!path || !isBackupName(basename(path))) continue;
    if (await stat(join(path, 'manifest.json')).catch(() => undefined)) await rm(path, { recursive: true });
  }
}

export const isBackupName = (name: string): boolean => /^cardwell-[\dT-]+Z$/.test(name);

async function removeDrafts(parent: string, now: number): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.endsWith('.unfinished') || !isBackupName(name.slice(0, -'.unfinished'.length))) continue;
    const found = await stat(join(parent, name)).catch(() => undefined);
    if (found && now - found.mtimeMs > abandonedAfterMs) await rm(join(parent, name), { recursive: true, force: true });
  }
}
