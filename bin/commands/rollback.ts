import { resolve } from 'node:path';
import { Command } from 'commander';
import { type Config, readConfig } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';
import { migrationsFolder } from '../../server/paths.ts';
import { systemClock as clock } from '../../server/platform/clock.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { createLog } from '../../server/platform/observe/log.ts';
import { acceptChain } from '../../server/reconcile/audit-log/accept-chain.ts';
import { BackupError } from '../../server/reconcile/backup/manifest.ts';
import { secureSoldSince } from '../../server/reconcile/backup/restore-backup.ts';
import { rollBack } from '../../server/reconcile/upgrade/roll-back.ts';
import { tradeSince } from '../../server/reconcile/upgrade/since-store.ts';
import { backupPlaces, progressLine } from '../backup-places.ts';
import { hasData, saveInto, soldSince } from './restore.ts';

export function rollbackCommand(): Command {
  return new Command('rollback')
    .description(
      'go back to before the last upgrade: its backup in place of this stopped shop, with the tables of then',
    )
    .argument('[folder]', 'a certain backup (default: the one made before the last upgrade)')
    .option('--yes', 'set aside the shop that is here now')
    .option('--lose-orders', 'although orders came since: their cards leave the shelf, the orders become review cases')
    .option('--json', 'print {madeAt, folder, aside, lost, quarantined}')
    .action(async (folder: string | undefined, options: { yes?: boolean; loseOrders?: boolean; json?: boolean }) => {
      try {
        if (!options.yes) throw new BackupError('this replaces the shop that is here now: give --yes');
        await goBack(readConfig(), folder && resolve(folder), options);
      } catch (error) {
        if (!(error instanceof BackupError)) throw error;
        process.stderr.write(`cardwell: ${error.message}\n`);
        process.exitCode = 1;
      }
    });
}

async function goBack(
  config: Config,
  given: string | undefined,
  options: { loseOrders?: boolean; json?: boolean },
): Promise<void> {
  const progress = progressLine();
  const places = backupPlaces(config);
  const { folder, manifest, aside, lost } = await rollBack(
    {
      ...places,
      clock,
      migrationsFolder,
      dataDir: config.dataDir,
      databaseUrl: config.databaseUrl,
      backupFolder: config.backupDir,
      loseTrade: options.loseOrders ?? false,
      tradeSince: (at) => inDatabase(config, at),
      hasData: () => hasData(config),
      saveInto: (into) => saveInto(config, into),
      onProgress: progress.show,
    },
    given,
  );
  const context = await openContext(config, []);
  try {
    const since = await secureSoldSince({ ...context, ...places, log: createLog('silent') });
    // A shop from before the chain has nothing to take for the right one.
    if (manifest.migrations.includes('038-audit-chain'))
      await acceptChain({ ...context, ...places }, `rolled back to ${manifest.madeAt}: ${folder}`);
    progress.clear();
    const madeAt = new Date(manifest.madeAt).toISOString();
    const { quarantined } = since;
    const program = manifest.program ?? 'the one before';
    if (options.json) process.stdout.write(`${JSON.stringify({ madeAt, folder, aside, lost, quarantined })}\n`);
    else
      process.stdout.write(
        `The shop is as it was at ${madeAt}, with the tables of then.\nWhat was here is kept in ${aside}\n` +
          `${soldSince(since)}\nNow install version ${program} and start it; a start of this one would upgrade again.\n` +
          'Then, with that version: cardwell audit\n',
      );
  } finally {
    await context.close();
  }
}

async function inDatabase(config: Config, at: number) {
  const database = openDatabase({ url: config.databaseUrl, clock, poolSize: 2 });
  try {
    return await tradeSince(database.read, at);
  } finally {
    await database.close();
  }
}
