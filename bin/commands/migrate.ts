import { Command } from 'commander';
import { readConfig } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';
import { migrationsFolder } from '../../server/paths.ts';
import { migrate } from '../../server/platform/db/migrate.ts';

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the database to this version; safe to run at any time, from any number of processes')
    .option('--json', 'print the result as JSON')
    .action(async (options: { json?: boolean }) => {
      const context = await openContext(readConfig(), []);
      try {
        const report = await migrate(context.database, migrationsFolder, context.clock);
        if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
        else process.stdout.write(`applied: ${report.applied.join(', ') || 'nothing new'}\n`);
      } finally {
        await context.close();
      }
    });
}
