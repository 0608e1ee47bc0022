import { Command } from 'commander';
import { buildApp } from '../../server/app.ts';
import { checkKeyring } from '../../server/card/check-keyring.ts';
import { ConfigError, readConfig, readRoles } from '../../server/config.ts';
import { type Context, openContext } from '../../server/context.ts';
import { firstStart } from '../../server/first-start.ts';
import type { App } from '../../server/http/app-type.ts';
import { sleep } from '../../server/platform/clock.ts';
import { upgrade } from '../../server/reconcile/upgrade/upgrade.ts';
import { upgradeDeps } from '../upgrade-deps.ts';
import { onceThereIsADatabase } from '../wait-for-database.ts';

/** Past this a stop is no longer waited for; nothing acknowledged depends on what is cut off then. */
const stopWithinMs = 19_500;
/** Of closing: longer than a request may wait for the database (8 s), as far as a long drain leaves time for it. */
const cutConnectionsAfterMs = 10_000;
const lastMomentMs = 2000;

export function serveCommand(): Command {
  return new Command('serve')
    .description('run the shop, or only some of its roles: order, card, payment, account, admin, worker')
    .argument('[role...]')
    .action(async (names: string[]) => {
      const config = readConfig();
      const context = await openContext(config, readRoles(names));
      const { host, port } = config;
      const { setupLink } = await onceThereIsADatabase({ host, port, log: context.log }, async () => {
        await upgrade(upgradeDeps(context));
        await refuseWrongKey(context);
        return firstStart(context);
      });
      const app = await buildApp(context);
      await app.listen({ host, port, listenTextResolver: () => 'listening' });
      stopOnSignal(app, context);
      process.stdout.write(`Cardwell is open at ${config.baseUrl}\n`);
      if (setupLink) process.stdout.write(`Owner, set up your shop (this link works once): ${setupLink}\n`);
    });
}

/** A shop whose key does not open its stock must not sell: the first buyer would find out. */
async function refuseWrongKey(context: Context): Promise<void> {
  if (!context.keyring) return;
  const check = await checkKeyring({ database: context.database, keyring: context.keyring });
  if (check.kind === 'ok') return;
  const { masterKeyFile } = context.config;
  const what = check.kind === 'keys-missing' ? 'lacks' : 'has the wrong';
  throw new ConfigError(
    `the card key file ${masterKeyFile} ${what} key ${check.keyIds.join(', ')}, which cards in stock are sealed with; put the right file in its place`,
  );
}

/**
 * /readyz says 503, loops end and give their leases back, event streams end -> for the drain time everything else is still
 * served, each reply with `connection: close`, until the balancer has noticed -> no new connections -> requests and
 * batches under way finish -> exit.
 */
function stopOnSignal(app: App, context: Context): void {
  const stop = async (signal: string) => {
    context.log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    context.stopping.abort();
    const { drainMs } = context.config;
    await sleep(drainMs);
    // Browsers open sockets that they never use; those would be waited for like requests under way.
    const cutAfterMs = Math.min(cutConnectionsAfterMs, stopWithinMs - drainMs - lastMomentMs);
    setTimeout(() => app.server.closeAllConnections(), cutAfterMs).unref();
    await app.close();
    await context.close();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
