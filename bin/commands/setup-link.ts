import { Command } from 'commander';
import { newSetupLink } from '../../server/account/setup-link.ts';
import { readConfig } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';
import { migrationsFolder } from '../../server/paths.ts';
import { migrate } from '../../server/platform/db/migrate.ts';

export function setupLinkCommand(): Command {
  return new Command('setup-link')
    .description('print a link, good once and for a day, that makes an owner or gives one a new password')
    .option('--json', 'print {link}')
    .action(async ({ json }: { json?: boolean }) => {
      const context = await openContext(readConfig(), []);
      try {
        await migrate(context.database, migrationsFolder, context.clock);
        const link = await newSetupLink({ ...context, baseUrl: context.config.baseUrl });
        process.stdout.write(`${json ? JSON.stringify({ link }) : link}\n`);
      } finally {
        await context.close();
      }
    });
}
