/** The list of backups follows the folder: what somebody removed leaves it, what the command made comes onto it. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { insertBackup, listBackups, noteRemoved } from './backup-store.ts';
import { describe, isBackupName } from './make-backup.ts';
import { type Manifest, manifestName } from './manifest.ts';

export async function syncBackups(deps: { database: Database; clock: Clock; backupFolder: string }): Promise<void> {
  const { database, clock, backupFolder } = deps;
  const known = await listBackups(database.read, 1000);
  for (const backup of known.filter(({ host }) => host === hostname())) {
    if (await stat(join(backup.folder, manifestName)).catch(() => undefined)) continue;
    await database.transact('backup.gone', (tx) => noteRemoved(tx, backup.name, clock.now()));
  }
  const names = new Set(known.map(({ name }) => name));
  for (const name of await readdir(backupFolder).catch(() => [])) {
    if (!isBackupName(name) || names.has(name)) continue;
    const manifest = await manifestOf(join(backupFolder, name));
    if (!manifest) continue;
    const found = {
      ...describe(join(backupFolder, name), manifest),
      copyFolder: null,
      durationMs: 0,
      verifiedAt: null,
    };
    const kind = manifest.why === 'upgrade' ? 'upgrade' : 'found';
    await database.transact('backup.found', (tx) => insertBackup(tx, { ...found, kind }));
  }
}

/** Without comparing its files: that is what a rehearsal does. */
export async function manifestOf(folder: string): Promise<Manifest | undefined> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => undefined);
  try {
    const manifest = JSON.parse(text ?? '') as Manifest;
    return manifest.format === 'cardwell-backup' ? manifest : undefined;
  } catch {
    return undefined;
  }
}
