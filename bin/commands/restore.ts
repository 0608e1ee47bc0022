import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { type Config, readConfig } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';
import { migrationsFolder } from '../../server/paths.ts';
import { systemClock as clock } from '../../server/platform/clock.ts';
import { readMigrations } from '../../server/platform/db/migrate.ts';
import { openDatabase, sqlitePath } from '../../server/platform/db/open-database.ts';
import { createLog } from '../../server/platform/observe/log.ts';
import { auditAll } from '../../server/reconcile/audit/audit-all.ts';
import { acceptChain } from '../../server/reconcile/audit-log/accept-chain.ts';
import { BackupError } from '../../server/reconcile/backup/manifest.ts';
import { restoreBackup, secureSoldSince } from '../../server/reconcile/backup/restore-backup.ts';
import { holdsShop } from '../../server/reconcile/backup/shop-data-store.ts';
import { writeBackup } from '../../server/reconcile/backup/write-backup.ts';
import { backupPlaces, progressLine } from '../backup-places.ts';
import { auditTable } from './audit.ts';
import { rehearseCommand } from './rehearse.ts';

export function restoreCommand(): Command {
  return new Command('restore')
    .description(
      'put a backup in place of this stopped shop, take cards sold since off the shelf, and audit the result',
    )
    .argument('<folder>', 'what backup has written')
    .option('--yes', 'set aside the shop that is here now')
    .option('--rehearse', 'into a scratch database that is thrown away: this shop is not touched and may be serving')
    .option(
      '--json',
      'print {madeAt, aside, quarantined, audit}; of a rehearsal {ok, rows, durationMs, keyOpens, checks}',
    )
    .action(async (folder: string, options: { yes?: boolean; rehearse?: boolean; json?: boolean }) => {
      try {
        if (options.rehearse) await rehearseCommand(readConfig(), resolve(folder), options.json ?? false);
        else await restore(readConfig(), resolve(folder), options);
      } catch (error) {
        if (!(error instanceof BackupError)) throw error;
        process.stderr.write(`cardwell: ${error.message}\n`);
        process.exitCode = 1;
      }
    });
}

async function restore(config: Config, folder: string, options: { yes?: boolean; json?: boolean }): Promise<void> {
  const progress = progressLine();
  const places = backupPlaces(config);
  const { manifest, aside } = await restoreBackup(
    {
      ...places,
      clock,
      migrationsFolder,
      dataDir: config.dataDir,
      databaseUrl: config.databaseUrl,
      replace: options.yes ?? false,
      hasData: () => hasData(config),
      saveInto: (into) => saveInto(config, into),
      onProgress: progress.show,
    },
    folder,
  );
  const context = await openContext(config, []);
  try {
    progress.show('comparing the issue journal');
    // Told below in words: a log line would stand in the way of --json.
    const since = await secureSoldSince({ ...context, ...places, log: createLog('silent') });
    await acceptChain({ ...context, ...places }, `restored from ${manifest.madeAt}: ${folder}`);
    const audit = await auditAll({ ...context, ...places, onCheck: (id) => progress.show(`auditing ${id}`) });
    progress.clear();
    const madeAt = new Date(manifest.madeAt).toISOString();
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ madeAt, aside, quarantined: since.quarantined, audit })}\n`);
    } else {
      const kept = existsSync(aside) ? `What was here before is kept in ${aside}\n` : '';
      process.stdout.write(`The shop is as it was at ${madeAt}.\n${kept}${soldSince(since)}\n${auditTable(audit)}`);
    }
    if (!audit.ok) process.exitCode = 1;
  } finally {
    await context.close();
  }
}

export function soldSince({ lost, quarantined }: { lost: number; quarantined: number }): string {
  if (lost === 0) return 'The issue journal knows of no card sold since.';
  return (
    `The issue journal knows ${lost} cards that were sold after this backup was made: ${quarantined} of them were in it ` +
    'and are off the shelf now, the others had been imported later; do not import those again. ' +
    'Each order has a review case: settle it with the buyer.'
  );
}

export async function hasData(config: Config): Promise<boolean> {
  const { databaseUrl: url } = config;
  if (url.startsWith('sqlite:') && !existsSync(sqlitePath(url))) return false;
  const database = openDatabase({ url, clock, poolSize: 2 });
  try {
    return await holdsShop(database.read);
  } finally {
    await database.close();
  }
}

/** A database server has no file to set aside: what it holds becomes a backup of its own. */
export async function saveInto(config: Config, into: string): Promise<void> {
  if (!(await hasData(config))) return;
  const context = await openContext(config, []);
  try {
    const migrations = readMigrations(migrationsFolder, context.database.dialect).map((migration) => migration.name);
    await writeBackup({ ...context, ...backupPlaces(config), migrations }, into);
  } finally {
    await context.close();
  }
}
