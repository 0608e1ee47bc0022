/** One MariaDB of a cluster, on a host of its own, with a configuration file that may be another at each start. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { clusterPassword, clusterUser } from './cluster-template.ts';
import { writeTransferScript } from './galera-state-transfer.ts';
import type { Host } from './namespaces.ts';
import { supervise } from './supervised.ts';

const run = promisify(execFile);

export interface MariadbNode {
  readonly address: string;
  /** Its data folder is `data` in here. */
  readonly dir: string;
  readonly pid: number;
  /** Starts the process with these settings added; does not wait until it serves. */
  start(settings?: readonly string[]): Promise<void>;
  /** Waits until it answers so; fails at once when the process ends. */
  until(statement: string, isSo: (row: RowDataPacket) => boolean): Promise<void>;
  query(statement: string): Promise<RowDataPacket[]>;
  isRunning(): boolean;
  /** What the server prints when it only looks at its data folder. Only while it does not run. */
  inspect(...options: string[]): Promise<string>;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  partition(): Promise<void>;
  heal(): Promise<void>;
  /** The process ends as it should. */
  shutDown(): Promise<void>;
  /** Kills it and removes its folder. */
  remove(): Promise<void>;
}

const readyWithinMs = 60_000;
const connectTimeoutMs = 1_000;

/** What the shop asks of a production server: acknowledged is durable. The rest keeps three of them small. */
const durable = [
  'innodb-flush-log-at-trx-commit=1',
  'sync-binlog=1',
  'binlog-format=ROW',
  'log-bin=binlog',
  'character-set-server=utf8mb4',
  'innodb-buffer-pool-size=96M',
  'innodb-log-file-size=64M',
  'performance-schema=OFF',
  'skip-name-resolve',
  'max-connections=300',
];

export async function newMariadbNode(
  host: Host,
  copyTemplate: (to: string) => Promise<void>,
  settings: readonly string[],
): Promise<MariadbNode> {
  const { address } = host;
  const dir = await mkdtemp(join(tmpdir(), 'cardwell-node-'));
  const [data, file, log] = [join(dir, 'data'), join(dir, 'my.cnf'), join(dir, 'mariadbd.log')];
  await copyTemplate(data);
  const places = [
    ...(process.getuid?.() === 0 ? ['user=root'] : []),
    `datadir=${data}`,
    // A server that starts removes what it finds of others in a folder for temporary tables that it shares.
    `tmpdir=${dir}`,
    `socket=${join(dir, 'mysql.sock')}`,
    `pid-file=${join(dir, 'mariadbd.pid')}`,
    `bind-address=${address}`,
    'port=3306',
  ];
  const configure = (more: readonly string[]) =>
    writeFile(file, ['[mariadbd]', ...places, ...durable, ...settings, ...more, ''].join('\n'));
  const PATH = `${await writeTransferScript(dir)}:${process.env.PATH}`;
  const program = ['/usr/bin/env', `PATH=${PATH}`, '/usr/sbin/mariadbd', `--defaults-file=${file}`];
  const server = await supervise(host.on(program), { dir, log });

  async function query(statement: string): Promise<RowDataPacket[]> {
    const uri = `mysql://${clusterUser}:${clusterPassword}@${address}:3306`;
    const connection = await createConnection({ uri, connectTimeout: connectTimeoutMs });
    try {
      const [rows] = await connection.query<RowDataPacket[]>({ sql: statement, timeout: readyWithinMs });
      return rows;
    } finally {
      connection.destroy();
    }
  }

  return {
    address,
    dir,
    get pid() {
      return server.pid;
    },
    async start(more = []) {
      await configure(more);
      await server.start();
    },
    async until(statement, isSo) {
      const deadline = Date.now() + readyWithinMs;
      for (;;) {
        const [row] = await query(statement).catch(() => []);
        if (row && isSo(row)) return;
        if (!server.isRunning() || Date.now() > deadline) {
          throw new Error(`${address} does not come to: ${statement}; its log ends so:\n${server.lastLines()}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    query,
    isRunning: () => server.isRunning(),
    async inspect(...options) {
      await configure([]);
      const [command, ...args] = host.on([...program, ...options, `--log-error=${join(dir, 'inspect.log')}`]);
      await rm(join(dir, 'inspect.log'), { force: true });
      await run(command as string, args);
      const { stdout } = await run('/bin/cat', [join(dir, 'inspect.log')]);
      return stdout;
    },
    async kill() {
      server.signal('SIGKILL');
      await server.ended();
    },
    pause: () => server.signal('SIGSTOP'),
    resume: () => server.signal('SIGCONT'),
    partition: host.partition,
    heal: host.heal,
    async shutDown() {
      server.signal('SIGTERM');
      await server.ended();
    },
    async remove() {
      await server.release();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
