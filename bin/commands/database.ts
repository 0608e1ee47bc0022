/** Looks at the hosts of a replicated database, and moves the writer from one to another. */
import { Command } from 'commander';
import { ConfigError, readConfig } from '../../server/config.ts';
import { type Endpoint, parseEndpoints } from '../../server/platform/db/hosts/endpoints.ts';
import { type HostSight, inspectHosts, isSeen } from '../../server/platform/db/hosts/inspect-host.ts';
import { promoteHost } from '../../server/platform/db/hosts/promote-host.ts';
import { rejoinHost } from '../../server/platform/db/hosts/rejoin-host.ts';
import { PromotionRefused } from '../../server/platform/db/hosts/silence-primary.ts';

export function databaseCommand(): Command {
  const command = new Command('database').description('the hosts of a replicated database: look, promote, rejoin');
  command
    .command('status')
    .description('role, state and claim of every host')
    .option('--json', 'print {hosts: [{name, up, kind, state, ...}]}')
    .action(status);
  command
    .command('promote')
    .description('make a host the writer: moves the claim in a Galera cluster, promotes a replica otherwise')
    .argument('[host]', 'host:port as in DATABASE_URL; by default the one that has most')
    .option('--yes', 'do it')
    .option('--force', 'even where acknowledged orders may be lost')
    .option('--json', 'print {writer, epoch}')
    .action((host: string | undefined, options: PromoteFlags) => refusable(() => promote(host, options)));
  command
    .command('rejoin')
    .description('make an old primary, which has been started again, a read-only replica of the new one')
    .argument('<host>', 'host:port as in DATABASE_URL')
    .option('--yes', 'do it')
    .option('--json', 'print {primary}')
    .action((host: string, options: PromoteFlags) => refusable(() => rejoin(host, options)));
  return command;
}

interface PromoteFlags {
  yes?: boolean;
  force?: boolean;
  json?: boolean;
}

async function status(options: { json?: boolean }): Promise<void> {
  const sights = await inspectHosts(endpoints());
  const hosts = sights.map(rowOf);
  if (options.json) process.stdout.write(`${JSON.stringify({ hosts })}\n`);
  else for (const row of hosts) process.stdout.write(`${row.name.padEnd(24)} ${row.kind.padEnd(8)} ${row.state}\n`);
  if (!sights.some(isSeen)) process.exitCode = 1;
}

function rowOf(sight: HostSight) {
  if (!isSeen(sight)) return { name: sight.name, up: false, kind: '-', state: `down (${sight.failure.message})` };
  const { name, kind, version, report, replication } = sight;
  const parts = [report.says, report.claim && `knows ${report.claim.holder} as writer, epoch ${report.claim.epoch}`];
  if (replication) {
    const runs = replication.receives && replication.applies ? 'follows' : 'does NOT follow';
    parts.push(`${runs} ${replication.from}`, replication.trouble);
    if (replication.secondsBehind) parts.push(`${replication.secondsBehind} s behind`);
  }
  const state = parts.filter(Boolean).join('; ');
  return { name, up: true, kind, state, version, writable: report.writable, claim: report.claim, replication };
}

async function promote(target: string | undefined, { yes, force = false, json }: PromoteFlags): Promise<void> {
  if (!yes)
    throw new PromotionRefused(
      'this moves the writer; say --yes if you mean it (look first: cardwell database status)',
    );
  const result = await promoteHost({
    endpoints: endpoints('admin'),
    target: target?.toLowerCase(),
    force,
    onStep: step,
  });
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
}

async function rejoin(host: string, { yes, json }: PromoteFlags): Promise<void> {
  if (!yes)
    throw new PromotionRefused(`this ends every session on ${host} and makes it a replica; say --yes if you mean it`);
  const all = endpoints('admin');
  const { databaseReplication } = readConfig();
  const replication = databaseReplication ? login(databaseReplication) : (all[0] as Endpoint);
  const result = await rejoinHost({ endpoints: all, host: host.toLowerCase(), replication, onStep: step });
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
}

function endpoints(as: 'shop' | 'admin' = 'shop'): Endpoint[] {
  const { databaseUrl, databaseReaderUrls, databaseAdmin } = readConfig();
  if (databaseUrl.startsWith('sqlite:')) throw new ConfigError('DATABASE_URL is a file: it has no hosts');
  const { writers, readers } = parseEndpoints(databaseUrl, databaseReaderUrls);
  const all = [...writers, ...readers];
  return as === 'admin' && databaseAdmin ? all.map((one) => ({ ...one, ...login(databaseAdmin) })) : all;
}

function login(text: string): { user: string; password: string } {
  const [user = '', ...rest] = text.split(':');
  return { user, password: rest.join(':') };
}

/** What a person follows goes to standard error, so that --json stays alone on standard output. */
const step = (says: string) => void process.stderr.write(`${says}\n`);

async function refusable(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof PromotionRefused)) throw error;
    process.stderr.write(`cardwell: ${error.message}\n`);
    process.exitCode = 1;
  }
}
