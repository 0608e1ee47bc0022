/**
 * A real MariaDB for tests: its own server on a free loopback port, in its own folder, with durable commits.
 * It can be killed, frozen and started again. It ends, and its folder goes, with the test process, however that ends.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { copyMariadbTemplate } from './mariadb-template.ts';
import { type Supervised, supervise } from './supervised.ts';

export interface TestDatabases {
  /** mysql:// address of the administrator, without a database. */
  readonly url: string;
  /** Creates an empty database. @returns its mysql:// address. */
  newDatabase(): Promise<string>;
}

export interface Mariadb extends TestDatabases {
  readonly port: number;
  readonly dir: string;
  readonly pid: number;
  /** The power cord: SIGKILL. `restart` brings the server back on the same port with what it had made durable. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Freezes the server with its connections open, as a hung host would be. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

const readyWithinMs = 30_000;

/** Every acknowledged commit is on disk in the data files and in the binary log: what the shop asks of a production server. */
const settings = [
  '--innodb-flush-log-at-trx-commit=1',
  '--log-bin=binlog',
  '--sync-binlog=1',
  '--binlog-format=ROW',
  '--server-id=1',
  '--character-set-server=utf8mb4',
  '--innodb-buffer-pool-size=256M',
  '--innodb-log-file-size=64M',
  '--performance-schema=OFF',
  '--skip-name-resolve',
  '--max-connections=300',
];

export async function startMariadb(): Promise<Mariadb> {
  const dir = await mkdtemp(join(tmpdir(), 'cardwell-mariadb-'));
  await copyMariadbTemplate(join(dir, 'data'));
  const port = await freePort();
  const command = ['/usr/sbin/mariadbd', '--no-defaults', ...placesIn(dir, port), ...settings];
  const server = await supervise(command, { dir, log: join(dir, 'mariadbd.log') });
  const url = `mysql://root@127.0.0.1:${port}`;

  async function start(): Promise<void> {
    await server.start();
    await untilReady(url, server, dir);
  }
  async function stop(): Promise<void> {
    server.signal('SIGCONT');
    server.signal('SIGTERM');
    await server.ended();
    await server.release();
    await rm(dir, { recursive: true, force: true });
  }

  await start();
  return {
    url,
    port,
    dir,
    get pid() {
      return server.pid;
    },
    newDatabase: () => newDatabase(url),
    kill: async () => {
      server.signal('SIGKILL');
      await server.ended();
    },
    restart: start,
    pause: () => server.signal('SIGSTOP'),
    resume: () => server.signal('SIGCONT'),
    stop,
  };
}

let own: Promise<Mariadb> | undefined;

/** For suites that only need databases: the server that `npm test` started for all files, else one for this process. */
export async function sharedMariadb(): Promise<TestDatabases> {
  const url = process.env.CARDWELL_TEST_MYSQL_URL;
  if (url) return { url, newDatabase: () => newDatabase(url) };
  own ??= startMariadb();
  return own;
}

function placesIn(dir: string, port: number): string[] {
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  return [
    ...asRoot,
    `--datadir=${join(dir, 'data')}`,
    `--tmpdir=${dir}`,
    `--socket=${join(dir, 'mysql.sock')}`,
    `--pid-file=${join(dir, 'mariadbd.pid')}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
  ];
}

async function newDatabase(url: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const connection = await createConnection(url);
  try {
    await connection.query(`CREATE DATABASE ${name}`);
  } finally {
    connection.destroy();
  }
  return `${url}/${name}`;
}

async function untilReady(url: string, server: Supervised, dir: string): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  for (;;) {
    try {
      const connection = await createConnection({ uri: url, connectTimeout: 1_000 });
      connection.destroy();
      return;
    } catch (error) {
      if (!server.isRunning() || Date.now() > deadline) {
        throw new Error(`mariadbd did not start; see its log:\n${server.lastLines()}\n(folder ${dir})`, {
          cause: error,
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
