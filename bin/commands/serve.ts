import { Command } from 'commander';
import { buildApp } from '../../server/app.ts';
import { readConfig, readRoles } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';
import { migrationsFolder } from '../../server/paths.ts';
import { migrate } from '../../server/platform/db/migrate.ts';

export function serveCommand(): Command {
  return new Command('serve')
    .description('run the shop, or only some of its roles: order, card, payment, account, admin, worker')
    .argument('[role...]')
    .action(async (names: string[]) => {
      const config = readConfig();
      const context = await openContext(config, readRoles(names));
      await migrate(context.database, migrationsFolder, context.clock);
      const app = await buildApp(context);
      await app.listen({ host: config.host, port: config.port });
      process.stdout.write(`Cardwell is open at ${config.baseUrl}\n`);
    });
}
