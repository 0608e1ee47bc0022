/** Every process that serves says so every ten seconds; the worker also does what is asked of the system. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { sleep } from '../platform/clock.ts';
import { readMigrations } from '../platform/db/migrate.ts';
import { randomToken } from '../platform/ids.ts';
import { forgetBeats, putBeat, removeBeat, type ScanNote } from '../reconcile/system/process-store.ts';
import { type JobsWorld, runJobs } from '../reconcile/system/run-jobs.ts';

const beatEveryMs = 10_000;
const forgottenAfterMs = 24 * 3_600_000;

export interface Heartbeat {
  stop(): Promise<void>;
}

export function startHeartbeat(context: Context): Heartbeat {
  const { database, clock, roles, stopping, log, scanNotes, version } = context;
  const over = new AbortController();
  const stop = AbortSignal.any([over.signal, stopping.signal]);
  const startedAt = clock.now();
  const id = `${hostname().slice(0, 30)}-${process.pid}-${randomToken().slice(0, 8)}`;
  const quick = { deadlineMs: 1000 };
  const beat = () =>
    database.transact(
      'process.beat',
      async (tx) => {
        const scans = Object.fromEntries(scanNotes) as Record<string, ScanNote>;
        const node = process.version;
        await putBeat(tx, {
          id,
          host: hostname(),
          roles: [...roles],
          version,
          node,
          startedAt,
          seenAt: clock.now(),
          scans,
        });
        await forgetBeats(tx, clock.now() - forgottenAfterMs);
      },
      quick,
    );
  const beating = (async () => {
    while (!stop.aborted) {
      await beat().catch((error: unknown) => log.debug({ err: error }, 'this process could not say that it lives'));
      await sleep(beatEveryMs, stop);
    }
  })();
  return {
    async stop() {
      over.abort();
      await beating;
      await database.transact('process.end', (tx) => removeBeat(tx, id), quick).catch(() => undefined);
    },
  };
}

export function startJobs(context: Context, stop: AbortSignal, holder: string): Promise<void> {
  return runJobs(jobsWorld(context), holder, stop);
}

export function jobsWorld(context: Context): JobsWorld {
  const { config, database, keyring, migrationsFolder, version } = context;
  return {
    ...context,
    leaseMs: config.leaseMs,
    journalFolder: join(config.dataDir, 'issue-journal'),
    dataDir: config.dataDir,
    backupFolder: config.backupDir,
    copyFolder: config.backupCopyDir,
    migrations: readMigrations(migrationsFolder, database.dialect).map(({ name }) => name),
    program: version,
    keyring,
    keyFiles: [
      { kind: 'master', path: config.masterKeyFile },
      { kind: 'channel', path: config.channelKeyFile },
      { kind: 'sandbox', path: join(config.dataDir, 'sandbox.secret') },
    ],
  };
}
