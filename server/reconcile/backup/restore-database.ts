/** The tables of a backup -> a database made for them, of either kind. What was there before is kept aside, never deleted. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { migrate, readMigrations } from '../../platform/db/migrate.ts';
import { openDatabase, sqlitePath } from '../../platform/db/open-database.ts';
import { dropAllTables, putRows } from '../../platform/db/refill.ts';
import { BackupError, type Manifest } from './manifest.ts';
import { readTable } from './write-table.ts';

export interface DatabaseTarget {
  databaseUrl: string;
  migrationsFolder: string;
  clock: Clock;
  /** `as-then`: without the migrations that came since, for the program of that time. */
  tables?: 'as-now' | 'as-then';
  onProgress?(what: string): void;
  /** For a database server: saves what is there now into this folder. */
  saveInto(folder: string): Promise<void>;
}

export async function restoreDatabase(
  target: DatabaseTarget,
  manifest: Manifest,
  folder: string,
  aside: string,
): Promise<void> {
  const { databaseUrl: url, clock } = target;
  if (!url.startsWith('sqlite:')) {
    await target.saveInto(aside);
    const database = openDatabase({ url, clock, poolSize: 2 });
    try {
      await dropAllTables(database);
      await fill(target, database, manifest, folder);
    } finally {
      await database.close();
    }
    return;
  }
  // Built beside the old file and put in its place as a whole: a restore that dies half-way has changed nothing.
  const path = sqlitePath(url);
  const draft = `${path}.restoring`;
  for (const rest of withCompanions(draft)) await rm(rest, { force: true });
  const database = openDatabase({ url: `sqlite:${draft}`, clock });
  try {
    await fill(target, database, manifest, folder);
  } finally {
    await database.close();
  }
  await moveAside(withCompanions(path), aside);
  await rename(draft, path);
}

export function refuseNewer({ databaseUrl, migrationsFolder }: DatabaseTarget, manifest: Manifest): void {
  const dialect = databaseUrl.startsWith('sqlite:') ? 'sqlite' : 'mysql';
  const known = new Set(readMigrations(migrationsFolder, dialect).map((migration) => migration.name));
  const unknown = manifest.migrations.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new BackupError(`the backup is of a newer version: it has ${unknown.join(', ')}`);
}

async function fill(target: DatabaseTarget, database: Database, manifest: Manifest, folder: string): Promise<void> {
  const { migrationsFolder, clock } = target;
  await migrate(database, migrationsFolder, clock, manifest.migrations);
  for (const table of manifest.tables) {
    let rows = 0;
    for await (const page of readTable(join(folder, table.path))) {
      await putRows(database, table.name, table.columns, page);
      rows += page.length;
      target.onProgress?.(`${table.name} ${rows} of ${table.rows}`);
    }
    if (rows !== table.rows) throw new BackupError(`${table.name}: ${rows} rows instead of ${table.rows}`);
  }
  if (target.tables !== 'as-then') await migrate(database, migrationsFolder, clock);
}

export async function moveAside(paths: readonly string[], aside: string): Promise<void> {
  for (const path of paths.filter((one) => existsSync(one))) {
    await mkdir(aside, { recursive: true, mode: 0o700 });
    await rename(path, join(aside, basename(path)));
  }
}

/** A SQLite file and what may lie beside it. */
function withCompanions(path: string): string[] {
  return ['', '-wal', '-shm', '-journal'].map((tail) => join(dirname(path), `${basename(path)}${tail}`));
}
