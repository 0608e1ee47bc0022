/**
 * Backs a shop up while it serves. The tables are of one moment; the issue journal is copied after it, so it knows at
 * least every card that the tables know as issued. The folder gets its name when everything in it is on disk.
 */
import { copyFile, mkdir, open, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { inSnapshot, tableShapes } from '../../platform/db/snapshot.ts';
import { readJournalFileName } from '../../platform/journal/journal-file.ts';
import { putSetting } from '../../platform/settings-store.ts';
import { type BackedUpFile, hashFile, type Manifest, manifestName } from './manifest.ts';
import { writeTable } from './write-table.ts';

export interface BackupSource {
  database: Database;
  clock: Clock;
  region: string;
  journalFolder: string;
  /** Absent files are left out. */
  keyFiles: readonly { kind: 'master' | 'channel' | 'sandbox'; path: string }[];
  migrations: readonly string[];
  why?: Manifest['why'];
  program?: string;
  onProgress?(what: string): void;
}

/** Of the moment, or written down elsewhere. */
const leftOut = ['leases', 'schema_migrations', 'processes', 'system_jobs'];
export const lastBackupSetting = 'backup.last';

/** @returns the folder of the new backup, inside `parent` */
export async function writeBackup(
  source: BackupSource,
  parent: string,
): Promise<{ folder: string; manifest: Manifest }> {
  const { database, clock } = source;
  const name = `cardwell-${new Date(clock.now())
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '')}`;
  const draft = join(parent, `${name}.unfinished`);
  for (const part of ['tables', 'keys', 'issue-journal']) {
    await mkdir(join(draft, part), { recursive: true, mode: 0o700 });
  }
  const manifest: Manifest = {
    format: 'cardwell-backup',
    version: 1,
    madeAt: clock.now(),
    region: source.region,
    ...(source.why && { why: source.why }),
    ...(source.program && { program: source.program }),
    migrations: [...source.migrations],
    tables: await inSnapshot(database, async (db) => {
      const tables: Manifest['tables'] = [];
      for (const shape of await tableShapes(db, leftOut)) {
        tables.push(await writeTable(db, shape, draft, (rows) => source.onProgress?.(`${shape.name} ${rows}`)));
      }
      return tables;
    }),
    keys: await copyKeys(source, draft),
    journal: await copyJournal(source, draft),
  };
  await writeFile(join(draft, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  for (const path of [manifestName, ...[...manifest.keys, ...manifest.journal].map((file) => file.path), '.']) {
    await syncPath(join(draft, path));
  }
  const folder = join(parent, name);
  await rename(draft, folder);
  await syncPath(parent);
  const note = JSON.stringify({ at: manifest.madeAt, folder });
  await database.transact('backup.note', (tx) => putSetting(tx, lastBackupSetting, note, clock.now()));
  return { folder, manifest };
}

async function copyKeys({ keyFiles }: BackupSource, draft: string): Promise<Manifest['keys']> {
  const copied: Manifest['keys'] = [];
  for (const { kind, path } of keyFiles) {
    if (await stat(path).catch(() => undefined)) copied.push({ kind, ...(await copyInto(path, draft, 'keys')) });
  }
  return copied;
}

async function copyJournal({ journalFolder, onProgress }: BackupSource, draft: string): Promise<Manifest['journal']> {
  const names = (await readdir(journalFolder).catch(() => [])).filter((name) => readJournalFileName(name));
  const copied: Manifest['journal'] = [];
  for (const name of names.sort()) {
    onProgress?.(`issue journal ${name}`);
    copied.push({ name, ...(await copyInto(join(journalFolder, name), draft, 'issue-journal')) });
  }
  return copied;
}

async function copyInto(from: string, draft: string, part: string): Promise<BackedUpFile> {
  const path = `${part}/${basename(from)}`;
  await copyFile(from, join(draft, path));
  const { size } = await stat(join(draft, path));
  return { path, bytes: size, sha256: await hashFile(join(draft, path)) };
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
