/**
 * A real Redis for tests: its own server on a free loopback port, in its own folder. It can be killed, frozen, wiped and
 * started again. It ends, and its folder goes, with the test process, however that ends.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis as Client } from 'ioredis';
import { freePort } from './free-port.ts';
import { supervise } from './supervised.ts';
import { until } from './until.ts';

export interface RedisServer {
  /** REDIS_URL */
  readonly url: string;
  /** An administrator's connection, for looking inside. */
  readonly client: Client;
  wipe(): Promise<void>;
  /** The power cord. `restart` brings it back on the same port, empty. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Freezes it with its connections open, as a hung host would be. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** Nothing is written to disk: what a cache remembers through a restart is a kindness nothing may depend on. */
const settings = ['--save', '', '--appendonly', 'no', '--bind', '127.0.0.1', '--maxmemory', '128mb'];

export async function startRedis(): Promise<RedisServer> {
  const dir = await mkdtemp(join(tmpdir(), 'cardwell-redis-'));
  const port = await freePort();
  const command = ['/usr/bin/redis-server', '--port', String(port), '--dir', dir, ...settings];
  const server = await supervise(command, { dir, log: join(dir, 'redis.log') });
  const client = new Client({ host: '127.0.0.1', port, retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on('error', () => {});

  async function start(): Promise<void> {
    await server.start();
    await until('Redis answers', async () => (await client.ping()) === 'PONG');
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    client,
    wipe: async () => void (await client.flushall()),
    async kill() {
      server.signal('SIGKILL');
      await server.ended();
    },
    restart: start,
    pause: () => server.signal('SIGSTOP'),
    resume: () => server.signal('SIGCONT'),
    async stop() {
      client.disconnect();
      server.signal('SIGCONT');
      server.signal('SIGKILL');
      await server.ended();
      await server.release();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
