/** A whole shop in this process, listening on a free port, with a fresh database of either kind. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createToken } from '../../server/account/create-token.ts';
import { buildApp } from '../../server/app.ts';
import { type Role, readConfig, roles } from '../../server/config.ts';
import { type Context, openContext } from '../../server/context.ts';
import { migrationsFolder } from '../../server/paths.ts';
import type { DialectName } from '../../server/platform/db/database.ts';
import { migrate } from '../../server/platform/db/migrate.ts';
import { sharedMariadb } from './mariadb.ts';

export interface ShopServer {
  context: Context;
  address: string;
  /** An API token with all rights. */
  token: string;
  /** Every documented route, with {parameters}. */
  routes: { method: string; path: string }[];
  close(): Promise<void>;
}

export async function startShop(
  dialect: DialectName,
  env: NodeJS.ProcessEnv = {},
  only: readonly Role[] = roles,
): Promise<ShopServer> {
  const folder = mkdtempSync(join(tmpdir(), 'cardwell-server-'));
  const url = dialect === 'sqlite' ? `sqlite:${join(folder, 'shop.db')}` : await (await sharedMariadb()).newDatabase();
  const config = readConfig({
    CARDWELL_DATA_DIR: folder,
    DATABASE_URL: url,
    CARDWELL_DATABASE_POOL: '6',
    LOG_LEVEL: 'fatal',
    ...env,
  });
  const context = await openContext(config, only);
  await migrate(context.database, migrationsFolder, context.clock);
  const app = await buildApp(context);
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const routes = Object.entries(app.swagger().paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods ?? {}).map((method) => ({ method: method.toUpperCase(), path })),
  );
  const { token } = await createToken(context, { name: 'test', actor: 'test' });
  return {
    context,
    address,
    token,
    routes,
    async close() {
      await app.close();
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Reply {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: replies of every route, looked at field by field
  body: any;
  headers: Headers;
}

/** A JSON client with headers of its own on every call. */
export function client(address: string, ownHeaders: Record<string, string> = {}) {
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> => {
    const reply = await fetch(address + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...ownHeaders, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
    });
    const text = await reply.text();
    const isJson = reply.headers.get('content-type')?.includes('json');
    return { status: reply.status, body: isJson && text ? JSON.parse(text) : text, headers: reply.headers };
  };
}
