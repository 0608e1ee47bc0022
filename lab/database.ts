/** The Galera node of each zone: made from the kit's empty cluster, started with the shipped configuration, and asked how it is. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { copyGaleraTemplate } from '../test/kit/cluster-template.ts';
import { writeTransferScript } from '../test/kit/galera-state-transfer.ts';
import { until } from '../test/kit/until.ts';
import type { LabMachine, LabProcess } from './lab.ts';
import type { Recipe } from './launch.ts';
import { databasePassword, databaseUser, type ProcessPlace, ports } from './topology.ts';

const run = promisify(execFile);
/** A machine that does other things as well may take this long; a free one takes a second or two. */
const readyWithinMs = 180_000;
/** What a node of a lab can do without. */
const small = [
  '--performance-schema=OFF',
  '--innodb-log-buffer-size=4M',
  '--key-buffer-size=1M',
  '--aria-pagecache-buffer-size=4M',
];

export interface GaleraPosition {
  uuid: string;
  seqno: number;
}

export interface DatabaseNode {
  recipe: Recipe;
  /** The next start begins a new cluster instead of joining one. */
  beginCluster(): void;
  /** Up to where it had come; only while it does not run. */
  position(): Promise<GaleraPosition>;
}

export interface NodeState {
  /** Synced, Donor, Joining, Initialized ... or down, silent. */
  state: string;
  primary: boolean;
  clusterSize: number;
}

export async function newDatabaseNode(options: {
  place: ProcessPlace;
  folder: string;
  machine: LabMachine;
  configuration: string;
}): Promise<DatabaseNode> {
  const { place, folder, machine, configuration } = options;
  const data = join(folder, 'data');
  mkdirSync(folder, { recursive: true });
  await copyGaleraTemplate(data);
  const bin = await writeTransferScript(folder);
  const env = { PATH: `${bin}:${process.env.PATH}`, MALLOC_ARENA_MAX: '2' };
  const places = [
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
    `--datadir=${data}`,
    // Nodes that share a folder for temporary tables remove each other's when they start.
    `--tmpdir=${folder}`,
    `--socket=${join(folder, 'mysql.sock')}`,
    `--pid-file=${join(folder, 'mariadbd.pid')}`,
    ...small,
  ];
  const command = (...more: string[]) => ['/usr/sbin/mariadbd', `--defaults-file=${configuration}`, ...places, ...more];
  let begins = false;
  let hasRun = false;

  async function position(): Promise<GaleraPosition> {
    const log = join(folder, 'position.log');
    rmSync(log, { force: true });
    const [file, ...args] = machine.on(command('--wsrep-recover', `--log-error=${log}`));
    await run(file as string, args, { env: { ...process.env, ...env } });
    const text = readFileSync(log, 'utf8');
    const found = /Recovered position: ([0-9a-f-]{36}):(-?\d+)/.exec(text);
    if (!found) throw new Error(`${place.name} does not tell its position:\n${text}`);
    return { uuid: String(found[1]), seqno: Number(found[2]) };
  }

  return {
    beginCluster() {
      begins = true;
      const state = join(data, 'grastate.dat');
      writeFileSync(state, readFileSync(state, 'utf8').replace(/safe_to_bootstrap: 0/, 'safe_to_bootstrap: 1'));
      // Who was in the last group is no longer news: this is a new one.
      rmSync(join(data, 'gvwstate.dat'), { force: true });
    },
    position,
    recipe: {
      place,
      folder,
      machine,
      async command() {
        const more: string[] = [];
        if (hasRun) {
          const { uuid, seqno } = await position();
          more.push(`--wsrep-start-position=${uuid}:${seqno}`);
        }
        if (begins) more.push('--wsrep-new-cluster');
        begins = false;
        hasRun = true;
        return { command: command(...more), env };
      },
      ready: (node) => untilSynced(node),
    },
  };
}

async function untilSynced(node: LabProcess): Promise<void> {
  await until(
    `${node.name} is synced`,
    async () => {
      if (!node.isRunning()) throw new Error(`${node.name} ended; see ${node.logFile}`);
      const { state, primary } = await askNode(node.address, 1000);
      return primary && state === 'Synced';
    },
    readyWithinMs,
  );
}

const status = `SELECT VARIABLE_NAME AS name, VARIABLE_VALUE AS value FROM information_schema.GLOBAL_STATUS
  WHERE VARIABLE_NAME IN ('WSREP_READY', 'WSREP_LOCAL_STATE_COMMENT', 'WSREP_CLUSTER_STATUS', 'WSREP_CLUSTER_SIZE')`;

/** Never fails: a node that does not answer is silent. */
export async function askNode(address: string, withinMs: number): Promise<NodeState> {
  const rows = await query(address, status, withinMs).catch(() => undefined);
  if (!rows) return { state: 'silent', primary: false, clusterSize: 0 };
  const told = new Map(rows.map(({ name, value }) => [String(name), String(value)]));
  return {
    state: told.get('WSREP_LOCAL_STATE_COMMENT') ?? 'alone',
    primary: told.get('WSREP_CLUSTER_STATUS') === 'Primary' && told.get('WSREP_READY') === 'ON',
    clusterSize: Number(told.get('WSREP_CLUSTER_SIZE') ?? 0),
  };
}

/** On a connection of its own, as the administrator. */
export async function query(
  address: string,
  sql: string,
  withinMs = 5000,
  database?: string,
): Promise<RowDataPacket[]> {
  const login = { user: databaseUser, password: databasePassword, ...(database ? { database } : {}) };
  const connection = await createConnection({
    host: address,
    port: ports.database,
    connectTimeout: withinMs,
    ...login,
  });
  try {
    const [rows] = await connection.query<RowDataPacket[]>({ sql, timeout: withinMs });
    return rows;
  } finally {
    connection.destroy();
  }
}
