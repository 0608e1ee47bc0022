/**
 * A real Galera cluster of three, each node on a host of its own, with the time-outs of docs/operating.md.
 * It stands for Percona XtraDB Cluster too: the replication is the same.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyGaleraTemplate, galeraLibrary } from './cluster-template.ts';
import { commonParts, type DatabaseCluster, nodeOf } from './database-cluster.ts';
import { transferMethod } from './galera-state-transfer.ts';
import { type MariadbNode, newMariadbNode } from './mariadb-node.ts';
import { type Host, newNetwork } from './namespaces.ts';

export interface GaleraCluster extends DatabaseCluster {
  /** After `killAll`: finds the node that has most, starts the cluster from it, and lets the others join. */
  recover(): Promise<{ startedFrom: number }>;
  /** A node that does not run comes back on an empty disk, and gets everything from another. */
  replace(node: number): Promise<void>;
  /** Waits until every node that runs has all that any has committed. */
  caughtUp(): Promise<void>;
  /** Waits until so many nodes are together and up to date. */
  whole(size?: number): Promise<void>;
}

const providerOptions = [
  'evs.keepalive_period=PT0.3S',
  'evs.inactive_check_period=PT0.2S',
  'evs.suspect_timeout=PT1.5S',
  'evs.inactive_timeout=PT3S',
  'evs.install_timeout=PT3S',
  'gcache.size=128M',
  'gcache.recover=yes',
  'pc.recovery=yes',
];

export async function startGalera(size = 3): Promise<GaleraCluster> {
  const network = await newNetwork(size);
  const { hosts } = network;
  const nodes = await Promise.all(
    hosts.map((host, i) => newMariadbNode(host, copyGaleraTemplate, settingsOf(host, i, hosts))),
  );
  const [first = nodeOf(nodes, 0), ...others] = nodes;
  const common = commonParts(network, nodes, () => nodes.findIndex((node) => node.isRunning()));

  async function whole(count = size): Promise<void> {
    const running = nodes.filter((node) => node.isRunning());
    await Promise.all(running.map((node) => isIn(node, count)));
  }

  try {
    // One that finds nobody to join waits seconds before it asks again.
    await first.start(['wsrep-new-cluster']);
    await isIn(first);
    await Promise.all(others.map((node) => node.start()));
    await whole();
  } catch (error) {
    await common.close();
    throw error;
  }
  return {
    ...common,
    whole,
    async caughtUp() {
      const running = nodes.filter((node) => node.isRunning());
      await Promise.all(running.map((node) => node.query('SET STATEMENT wsrep_sync_wait = 15 FOR SELECT 1')));
    },
    async restart(i) {
      const node = nodeOf(nodes, i);
      const { uuid, seqno } = await positionOf(node);
      await node.start([`wsrep-start-position=${uuid}:${seqno}`]);
      await isIn(node);
    },
    async replace(i) {
      const node = nodeOf(nodes, i);
      const data = join(node.dir, 'data');
      await rm(data, { recursive: true });
      await mkdir(data);
      await node.start();
      await isIn(node);
    },
    async recover() {
      const positions = await Promise.all(nodes.map(positionOf));
      const most = positions.reduce((a, b) => (b.seqno > a.seqno ? b : a));
      const startedFrom = positions.indexOf(most);
      const start = async (node: MariadbNode, i: number, more: string[] = []) => {
        const { uuid, seqno } = positions[i] ?? most;
        // Who was in the last group is no longer news: this is a new one.
        await rm(join(node.dir, 'data/gvwstate.dat'), { force: true });
        await node.start([`wsrep-start-position=${uuid}:${seqno}`, ...more]);
      };
      const beginner = nodeOf(nodes, startedFrom);
      await mayBegin(beginner);
      await start(beginner, startedFrom, ['wsrep-new-cluster']);
      await isIn(beginner);
      await Promise.all(nodes.map((node, i) => (i === startedFrom ? undefined : start(node, i))));
      await whole();
      return { startedFrom };
    },
  };
}

function settingsOf({ address }: Host, i: number, hosts: readonly Host[]): string[] {
  const places = [`gmcast.listen_addr=tcp://${address}:4567`, `ist.recv_addr=${address}:4568`];
  return [
    `server-id=${i + 1}`,
    'innodb-autoinc-lock-mode=2',
    'innodb-lock-wait-timeout=3',
    'wsrep-on=ON',
    `wsrep-provider=${galeraLibrary}`,
    `wsrep-cluster-address=gcomm://${hosts.map((host) => host.address).join(',')}`,
    'wsrep-cluster-name=cardwell-test',
    `wsrep-node-name=node${i}`,
    `wsrep-node-address=${address}`,
    'wsrep-retry-autocommit=0',
    'wsrep-slave-threads=2',
    `wsrep-sst-method=${transferMethod}`,
    `wsrep-provider-options="${[...providerOptions, ...places].join(';')}"`,
  ];
}

/** In the group, with all it has decided applied. */
async function isIn(node: MariadbNode, size?: number): Promise<void> {
  const status = `SELECT
    MAX(IF(VARIABLE_NAME = 'WSREP_READY', VARIABLE_VALUE, NULL)) AS ready,
    MAX(IF(VARIABLE_NAME = 'WSREP_LOCAL_STATE_COMMENT', VARIABLE_VALUE, NULL)) AS state,
    MAX(IF(VARIABLE_NAME = 'WSREP_CLUSTER_STATUS', VARIABLE_VALUE, NULL)) AS component,
    MAX(IF(VARIABLE_NAME = 'WSREP_CLUSTER_SIZE', VARIABLE_VALUE, NULL)) AS size
    FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME LIKE 'WSREP%'`;
  await node.until(
    status,
    (row) =>
      row.ready === 'ON' &&
      row.state === 'Synced' &&
      row.component === 'Primary' &&
      (size === undefined || Number(row.size) === size),
  );
}

/** Where a node that does not run had come to: its files tell, or after a crash its log of changes. */
async function positionOf(node: MariadbNode): Promise<{ uuid: string; seqno: number }> {
  const log = await node.inspect('--wsrep-recover');
  const found = /Recovered position: ([0-9a-f-]{36}):(-?\d+)/.exec(log);
  if (!found) throw new Error(`${node.address} does not tell its position:\n${log}`);
  return { uuid: String(found[1]), seqno: Number(found[2]) };
}

async function mayBegin(node: MariadbNode): Promise<void> {
  const file = join(node.dir, 'data/grastate.dat');
  const state = await readFile(file, 'utf8');
  await writeFile(file, state.replace(/safe_to_bootstrap: 0/, 'safe_to_bootstrap: 1'));
}
