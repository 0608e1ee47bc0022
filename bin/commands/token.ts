import { Command } from 'commander';
import { createToken } from '../../server/account/create-token.ts';
import { revokeToken } from '../../server/account/revoke-token.ts';
import { readTokens } from '../../server/account/token-store.ts';
import { readConfig } from '../../server/config.ts';
import { type Context, openContext } from '../../server/context.ts';
import { migrationsFolder } from '../../server/paths.ts';
import { migrate } from '../../server/platform/db/migrate.ts';

const actor = 'cli';

export function tokenCommand(): Command {
  const token = new Command('token').description(
    'API tokens of the administration; works on the database, with or without a server',
  );
  token
    .command('create')
    .description('make a token; it is printed this once')
    .requiredOption('--name <name>', 'what it is for')
    .option('--read-only', 'it may look, not change')
    .option('--json', 'print {id, name, token}')
    .action(({ name, readOnly, json }: { name: string; readOnly?: boolean; json?: boolean }) =>
      withDatabase(async (context) => {
        const created = await createToken(context, { name, actor, scopes: readOnly ? ['read'] : ['*'] });
        print(json ? JSON.stringify(created) : `${created.token}\n\nKeep it now: the shop has only its hash.`);
      }),
    );
  token
    .command('list')
    .description('all tokens, without their secrets')
    .option('--json', 'print them as JSON')
    .action(({ json }: { json?: boolean }) =>
      withDatabase(async ({ database }) => {
        const tokens = await readTokens(database.read);
        if (json) return print(JSON.stringify(tokens));
        for (const one of tokens) {
          print(`${one.id}\t${one.name}\t${one.scopes.join(',')}\t${one.revokedAt === null ? 'good' : 'revoked'}`);
        }
      }),
    );
  token
    .command('revoke')
    .description('end a token at once')
    .argument('<id>', 'its number, from the list')
    .action((id: string) =>
      withDatabase(async (context) => {
        const number = Number(id);
        const outcome = Number.isSafeInteger(number) ? await revokeToken(context, { id: number, actor }) : 'not-found';
        if (outcome === 'revoked') return print(`token ${id} is revoked`);
        process.stderr.write(`cardwell: there is no token ${id}\n`);
        process.exitCode = 1;
      }),
    );
  return token;
}

async function withDatabase(work: (context: Context) => Promise<void>): Promise<void> {
  const context = await openContext(readConfig(), []);
  try {
    await migrate(context.database, migrationsFolder, context.clock);
    await work(context);
  } finally {
    await context.close();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
