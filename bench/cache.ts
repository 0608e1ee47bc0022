/**
 * `npm run bench:cache [-- --json] [--seconds N] [--connections N]`: product lists per second from two processes on one
 * MariaDB, and what they cost the database and Redis: without any cache, with each level alone, and with both.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { type RedisServer, startRedis } from '../test/kit/redis.ts';
import { newTestShop } from '../test/kit/test-shop.ts';
import type { CacheMode } from './cache-server.ts';
import { HttpConnection } from './http-client.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '32' },
  },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);

const products = 60;
const pages = 3;
const processes = 2;
const warmUpMs = 1500;
const names: Record<CacheMode, string> = {
  none: 'no cache',
  here: 'in the process',
  redis: 'in Redis',
  both: 'both',
};

interface Result {
  mode: CacheMode;
  requestsPerSecond: number;
  failed: number;
  queriesPerThousand: number;
  redisCommandsPerThousand: number;
}

const redis = await startRedis();
const shop = await newTestShop('mysql', { LOG_LEVEL: 'error' });
for (let i = 0; i < products; i++) await shop.newSku({ cards: 20 });
const database = await createConnection(shop.env.DATABASE_URL as string);
const results: Result[] = [];
try {
  for (const mode of Object.keys(names) as CacheMode[]) results.push(await measure(mode));
} finally {
  database.destroy();
  await shop.close();
  await redis.stop();
}
print(results);
process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;

async function measure(mode: CacheMode): Promise<Result> {
  await redis.wipe();
  const withRedis = mode === 'redis' || mode === 'both';
  const servers = await Promise.all(
    Array.from({ length: processes }, () => start(mode, withRedis ? redis : undefined)),
  );
  await load(servers, warmUpMs);
  const before = { queries: await queries(), commands: await redisCommands() };
  const { requests, failed, tookMs } = await load(servers, seconds * 1000);
  const after = { queries: await queries(), commands: await redisCommands() };
  for (const { child } of servers) child.disconnect();
  await Promise.all(servers.map(({ ended }) => ended));
  return {
    mode,
    requestsPerSecond: Math.round((requests / tookMs) * 1000),
    failed,
    queriesPerThousand: perThousand(after.queries - before.queries, requests),
    redisCommandsPerThousand: withRedis ? perThousand(after.commands - before.commands, requests) : 0,
  };
}

interface Server {
  child: ChildProcess;
  port: number;
  ended: Promise<void>;
}

async function start(mode: CacheMode, cache: RedisServer | undefined): Promise<Server> {
  const env = { ...process.env, ...shop.env, ...(cache ? { REDIS_URL: cache.url } : {}) };
  const dataDir = { CARDWELL_DATA_DIR: shop.dataDirs[0] };
  const file = fileURLToPath(new URL('./cache-server.ts', import.meta.url));
  const child = fork(file, [mode], { env: { ...env, ...dataDir } });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port));
    child.once('exit', () => reject(new Error('the server ended')));
  });
  return { child, port, ended };
}

async function load(servers: readonly Server[], forMs: number) {
  let requests = 0;
  let failed = 0;
  const from = performance.now();
  async function visitor(port: number, n: number): Promise<void> {
    const connection = new HttpConnection(port);
    for (let i = n; performance.now() - from < forMs; i++) {
      const reply = await connection.request('GET', `/api/v1/products?page=${1 + (i % pages)}&pageSize=20`, '');
      requests++;
      if (reply.status !== 200) failed++;
    }
    connection.close();
  }
  await Promise.all(
    servers.flatMap(({ port }) => Array.from({ length: connections / servers.length }, (_, n) => visitor(port, n))),
  );
  return { requests, failed, tookMs: performance.now() - from };
}

async function queries(): Promise<number> {
  const [rows] = await database.query("SHOW GLOBAL STATUS LIKE 'Com_select'");
  return Number((rows as { Value: string }[])[0]?.Value);
}

/** Those of one second without visitors are part of it; beats and the look at the database are few. */
async function redisCommands(): Promise<number> {
  return Number(/total_commands_processed:(\d+)/.exec(await redis.client.info('stats'))?.[1]);
}

function perThousand(count: number, requests: number): number {
  return Math.round((count / requests) * 1e6) / 1e3;
}

function print(all: readonly Result[]): void {
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ processes, connections, products, results: all }, null, 2)}\n`);
    return;
  }
  const base = all[0]?.requestsPerSecond ?? 1;
  process.stdout.write(
    `Lists of 20 products, ${pages} pages of them, ${processes} processes, ${connections} connections, ${seconds} s each\n\n`,
  );
  for (const { mode, requestsPerSecond, queriesPerThousand, redisCommandsPerThousand, failed } of all) {
    process.stdout.write(
      `${names[mode].padEnd(16)}${String(requestsPerSecond).padStart(7)} requests/s (${(requestsPerSecond / base).toFixed(1)} times), a thousand cost the database ${queriesPerThousand} queries, Redis ${redisCommandsPerThousand} commands${failed ? `; ${failed} FAILED` : ''}\n`,
    );
  }
}
