import { resolve } from 'node:path';
import { Command } from 'commander';
import { readConfig } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';
import { migrationsFolder } from '../../server/paths.ts';
import { pendingMigrations, readMigrations } from '../../server/platform/db/migrate.ts';
import { writeBackup } from '../../server/reconcile/backup/write-backup.ts';
import { backupPlaces, progressLine } from '../backup-places.ts';

export function backupCommand(): Command {
  return new Command('backup')
    .description('write a backup of database, key files and issue journal while the shop serves, of either database')
    .argument('[folder]', 'the backup becomes a new folder in here (default: backups in the data directory)')
    .option('--without-keys', 'leave the key files out; without them the cards of the backup cannot be read')
    .option('--json', 'print {folder, rows, withKeys}')
    .action(async (given: string | undefined, options: { withoutKeys?: boolean; json?: boolean }) => {
      const config = readConfig();
      const context = await openContext(config, []);
      const progress = progressLine();
      try {
        const pending = new Set(await pendingMigrations(context.database, migrationsFolder));
        const applied = readMigrations(migrationsFolder, context.database.dialect).map((migration) => migration.name);
        const places = backupPlaces(config);
        const { folder, manifest } = await writeBackup(
          {
            ...context,
            ...places,
            keyFiles: options.withoutKeys ? [] : places.keyFiles,
            migrations: applied.filter((name) => !pending.has(name)),
            onProgress: progress.show,
          },
          resolve(given ?? config.backupDir),
        );
        progress.clear();
        const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
        const withKeys = manifest.keys.length > 0;
        if (options.json) process.stdout.write(`${JSON.stringify({ folder, rows, withKeys })}\n`);
        else
          process.stdout.write(
            `${folder}\n${rows} rows, ${manifest.journal.length} journal files. ${keyAdvice(withKeys)}\n`,
          );
      } finally {
        await context.close();
      }
    });
}

function keyAdvice(withKeys: boolean): string {
  return withKeys
    ? 'It holds the card keys: keep it where nobody else can read it, and a copy on another machine.'
    : 'It holds no card keys: keep a copy of the key file elsewhere, or these cards can never be read again.';
}
