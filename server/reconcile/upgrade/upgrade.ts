/**
 * New tables and columns, with a way back: a shop that has something to lose is backed up first. Any number of processes may
 * start at the same moment; one of them does it, by a lease, and the others wait until nothing is pending.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, sleep } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { migrate, pendingMigrations, readMigrations } from '../../platform/db/migrate.ts';
import { ping } from '../../platform/db/ping.ts';
import { randomToken } from '../../platform/ids.ts';
import { type Lease, withLease } from '../../platform/lease.ts';
import { isBackupName } from '../backup/make-backup.ts';
import { readManifest } from '../backup/manifest.ts';
import { holdsShop } from '../backup/shop-data-store.ts';
import { manifestOf } from '../backup/sync-backups.ts';
import { type BackupSource, writeBackup } from '../backup/write-backup.ts';

export interface UpgradeDeps extends Omit<BackupSource, 'migrations' | 'why'> {
  database: Database;
  clock: Clock;
  migrationsFolder: string;
  backupFolder: string;
  /** Off where the operator has backups of their own. */
  upgradeBackup: boolean;
  log: { info(fields: object, text: string): void };
}

export interface UpgradeReport {
  applied: string[];
  /** Where the shop as it was before lies; undefined when there was nothing to lose or nothing to do. */
  backup: string | undefined;
}

const leaseMs = 10_000;
const lookAgainMs = 300;
/** Backups of upgrades stay until so many newer ones are there. */
const kept = 3;

export async function upgrade(deps: UpgradeDeps): Promise<UpgradeReport> {
  const { database, clock, migrationsFolder } = deps;
  // Writing comes first: a database in a file is made by it, and those who only read find none before.
  await database.transact('upgrade.look', async (tx) => ping(tx));
  if ((await pendingMigrations(database, migrationsFolder)).length === 0) return { applied: [], backup: undefined };
  // A database without a shop may be without the table of leases too; migrations have a claim of their own.
  if (!(await holdsShop(database.read)) || !deps.upgradeBackup) {
    return { applied: (await migrate(database, migrationsFolder, clock)).applied, backup: undefined };
  }
  let report: UpgradeReport | undefined;
  let failure: unknown;
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      await sleep(lookAgainMs, over.signal);
      const left = await pendingMigrations(database, migrationsFolder).catch(() => ['unknown']);
      if (left.length === 0) over.abort();
    }
  })();
  const options = { name: 'upgrade', holder: `${process.pid}-${randomToken()}`, lifetimeMs: leaseMs };
  await withLease({ database, clock }, options, over.signal, async (lease) => {
    try {
      report = await backUpAndMigrate(deps, lease);
    } catch (error) {
      failure = error;
    } finally {
      over.abort();
    }
  });
  await watching;
  if (failure !== undefined) throw failure;
  return report ?? { applied: [], backup: undefined };
}

async function backUpAndMigrate(deps: UpgradeDeps, lease: Lease): Promise<UpgradeReport> {
  const { database, clock, migrationsFolder, log } = deps;
  const pending = await pendingMigrations(database, migrationsFolder);
  if (pending.length === 0) return { applied: [], backup: undefined };
  log.info({ pending }, 'a backup is made before the database is brought to this version');
  const backup = await backUp(deps, pending);
  await database.transact('upgrade.confirm', (tx) => lease.confirm(tx));
  const { applied } = await migrate(database, migrationsFolder, clock);
  log.info({ applied, backup }, 'the database is at this version; the way back is that backup');
  return { applied, backup };
}

async function backUp(deps: UpgradeDeps, pending: readonly string[]): Promise<string> {
  const { database, migrationsFolder, backupFolder, onProgress } = deps;
  await mkdir(backupFolder, { recursive: true, mode: 0o700 });
  const names = readMigrations(migrationsFolder, database.dialect).map(({ name }) => name);
  const migrations = names.filter((name) => !pending.includes(name));
  // The keys stay where they are: an upgrade does not touch them.
  const { folder } = await writeBackup({ ...deps, keyFiles: [], migrations, why: 'upgrade' }, backupFolder);
  await readManifest(folder, (path) => onProgress?.(`checking ${path}`));
  for (const old of (await upgradeBackups(backupFolder)).slice(kept)) await rm(old.folder, { recursive: true });
  return folder;
}

/** Those made before upgrades, newest first. */
export async function upgradeBackups(backupFolder: string): Promise<{ folder: string; madeAt: number }[]> {
  const found: { folder: string; madeAt: number }[] = [];
  for (const name of await readdir(backupFolder).catch(() => [])) {
    const folder = join(backupFolder, name);
    const manifest = isBackupName(name) ? await manifestOf(folder) : undefined;
    if (manifest?.why === 'upgrade') found.push({ folder, madeAt: manifest.madeAt });
  }
  return found.sort((a, b) => b.madeAt - a.madeAt);
}
