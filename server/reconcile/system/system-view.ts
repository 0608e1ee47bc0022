/** What the system page shows: gathered when somebody looks. */
import { statfs } from 'node:fs/promises';
import type { ScanView, SystemView } from '../../../contract/system.ts';
import { rowsPerKey } from '../../card/rotation-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { pendingMigrations, readMigrations } from '../../platform/db/migrate.ts';
import { readLease } from '../../platform/lease-store.ts';
import { scans } from '../scans/scans.ts';
import { databaseVersion } from './database-version-store.ts';
import { listJobs } from './job-store.ts';
import { type ProcessBeat, readBeats } from './process-store.ts';

export interface SystemDeps {
  database: Database;
  clock: Clock;
  migrationsFolder: string;
  version: string;
  environment: string;
  dataDir: string;
  backupFolder: string;
  copyFolder: string | undefined;
}

/** Three beats missed. */
const silentAfterMs = 35_000;
const work = ['scans', 'jobs'];

export async function systemView(deps: SystemDeps): Promise<SystemView> {
  const { database, clock, migrationsFolder, version, environment } = deps;
  const db = database.read;
  const pending = await pendingMigrations(database, migrationsFolder);
  const names = readMigrations(migrationsFolder, database.dialect).map(({ name }) => name);
  const beats = await readBeats(db);
  const now = clock.now();
  const audits = await listJobs(db, 'audit', 10);
  return {
    version,
    node: process.version,
    environment,
    database: { ...(await databaseVersion(db)), hosts: database.hosts().length },
    migrations: { applied: names.filter((name) => !pending.includes(name)), pending },
    processes: beats.map(({ scans: _, roles, ...beat }) => ({
      ...beat,
      roles: [...roles],
      silent: now - beat.seenAt > silentAfterMs,
    })),
    leaders: await leaders(database, beats),
    disks: await disks(deps),
    keys: [...(await rowsPerKey(database.lagging))].map(([id, rows]) => ({ id, rows })).sort((a, b) => a.id - b.id),
    scans: scanViews(beats),
    lastAudit: audits.find(({ status }) => status === 'done') ?? audits[0] ?? null,
  };
}

/** A holder's name begins with the number of its process. */
async function leaders(database: Database, beats: readonly ProcessBeat[]): Promise<SystemView['leaders']> {
  const found: SystemView['leaders'] = [];
  for (const name of work) {
    const lease = await readLease(database.read, name);
    if (!lease || lease.expires_at === 0) continue;
    const pid = lease.holder.split('-')[0];
    const beat = beats.findLast(({ id }) => id.split('-').at(-2) === pid);
    found.push({ work: name, process: beat ? `${beat.host} (${pid})` : `(${pid})` });
  }
  return found;
}

async function disks({ dataDir, backupFolder, copyFolder }: SystemDeps): Promise<SystemView['disks']> {
  const found: SystemView['disks'] = [];
  for (const [what, path] of [
    ['data', dataDir],
    ['backups', backupFolder],
    ['copies', copyFolder],
  ] as const) {
    const space = path ? await statfs(path).catch(() => undefined) : undefined;
    if (!path || !space) continue;
    found.push({ what, path, freeBytes: space.bavail * space.bsize, totalBytes: space.blocks * space.bsize });
  }
  return found;
}

/** Of the process that ran it last. */
function scanViews(beats: readonly ProcessBeat[]): ScanView[] {
  return scans.map(({ name, says, everyMs }) => {
    const notes = beats.flatMap((beat) => beat.scans[name] ?? []).sort((a, b) => b.at - a.at);
    const { at, durationMs, found, mended, error } = notes[0] ?? {};
    return {
      name,
      says,
      everyMs,
      lastAt: at ?? null,
      durationMs: durationMs ?? null,
      found: found ?? null,
      mended: mended ?? null,
      error: error ?? null,
    };
  });
}
