/**
 * A primary with two semi-synchronous replicas, each on a host of its own: what is acknowledged, a replica has received.
 * Promotion here is plain SQL, for tests of the shop; the shop's own command for it is tested with this kit.
 */

import { clusterPassword, clusterUser, copyReplicaTemplate } from './cluster-template.ts';
import { commonParts, type DatabaseCluster, nodeOf } from './database-cluster.ts';
import { type MariadbNode, newMariadbNode } from './mariadb-node.ts';
import { newNetwork } from './namespaces.ts';

export interface ReplicatedCluster extends DatabaseCluster {
  /** Set it when something else than `promote` has moved it. */
  primary: number;
  /** The server as its settings start it: read-only, following nobody. */
  startAlone(node: number): Promise<void>;
  /** The replica that has received most becomes the primary; the others that run follow it. The old one must be down or cut off. */
  promote(): Promise<number>;
  /** The old primary comes back as a replica; what it had and nobody acknowledged is thrown away. */
  rejoin(node: number): Promise<void>;
  /** Waits until this replica has applied all that the primary has. */
  caughtUp(node: number): Promise<void>;
}

/** No commit is answered before a replica has it on disk, however long that takes. */
const settings = [
  'log-slave-updates=ON',
  'gtid-strict-mode=ON',
  'rpl-semi-sync-master-wait-point=AFTER_SYNC',
  'rpl-semi-sync-master-timeout=1000000000',
  'sync-relay-log=1',
  'relay-log=relay',
  'slave-net-timeout=4',
];

export async function startReplicas(size = 3): Promise<ReplicatedCluster> {
  const network = await newNetwork(size);
  const nodes = await Promise.all(
    network.hosts.map((host, i) => newMariadbNode(host, copyReplicaTemplate, [`server-id=${i + 1}`, ...settings])),
  );
  let primary = 0;
  const common = commonParts(network, nodes, () => primary);
  const running = () => [...nodes.keys()].filter((i) => nodeOf(nodes, i).isRunning());

  async function serves(i: number): Promise<void> {
    await nodeOf(nodes, i).until('SELECT 1 AS one', (row) => row.one === 1);
  }

  /** From its configuration, so that one that comes back writes nothing and follows nobody until told. */
  async function startSilent(i: number): Promise<void> {
    // As a replica it throws away what was not acknowledged when it recovers from a crash.
    await nodeOf(nodes, i).start(['read-only=ON', 'skip-slave-start', 'rpl-semi-sync-slave-enabled=ON']);
    await serves(i);
  }

  async function follow(i: number): Promise<void> {
    const node = nodeOf(nodes, i);
    const { address } = nodeOf(nodes, primary);
    await node.query('STOP SLAVE');
    await node.query('SET GLOBAL read_only = ON, rpl_semi_sync_master_enabled = OFF, rpl_semi_sync_slave_enabled = ON');
    await node.query(
      `CHANGE MASTER TO MASTER_HOST = '${address}', MASTER_PORT = 3306, MASTER_USER = '${clusterUser}',
       MASTER_PASSWORD = '${clusterPassword}', MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 1, MASTER_HEARTBEAT_PERIOD = 1`,
    );
    await node.query('START SLAVE');
    await node.until('SHOW SLAVE STATUS', (row) => row.Slave_IO_Running === 'Yes' && row.Slave_SQL_Running === 'Yes');
  }

  async function lead(i: number): Promise<void> {
    const node = nodeOf(nodes, i);
    await node.query('STOP SLAVE');
    await node.query('RESET SLAVE ALL');
    await node.query('SET GLOBAL rpl_semi_sync_slave_enabled = OFF, rpl_semi_sync_master_enabled = ON');
    primary = i;
  }

  async function caughtUp(i: number): Promise<void> {
    const [row] = await nodeOf(nodes, primary).query('SELECT @@gtid_binlog_pos AS position');
    await nodeOf(nodes, i).until(`SELECT MASTER_GTID_WAIT('${row?.position}', 30) AS late`, ({ late }) => late === 0);
  }

  try {
    await Promise.all(nodes.map((_, i) => startSilent(i)));
    await nodeOf(nodes, 0).query('RESET MASTER');
    await lead(0);
    await Promise.all([...nodes.keys()].filter((i) => i !== 0).map(follow));
    await nodeOf(nodes, 0).query('SET GLOBAL read_only = OFF');
  } catch (error) {
    await common.close();
    throw error;
  }
  return {
    ...common,
    get primary() {
      return primary;
    },
    set primary(i) {
      primary = i;
    },
    startAlone: startSilent,
    caughtUp,
    async promote() {
      const candidates = running().filter((i) => i !== primary);
      // What was received but not yet applied counts: it may have been acknowledged.
      for (const i of candidates) await nodeOf(nodes, i).query('STOP SLAVE IO_THREAD');
      const received = await Promise.all(candidates.map((i) => receivedBy(nodeOf(nodes, i))));
      const best = candidates[received.indexOf(Math.max(...received))];
      if (best === undefined) throw new Error('no replica is left to promote');
      const node = nodeOf(nodes, best);
      await node.until('SHOW SLAVE STATUS', (row) => row.Exec_Master_Log_Pos === row.Read_Master_Log_Pos);
      await lead(best);
      await Promise.all(candidates.filter((i) => i !== best).map(follow));
      await node.query('SET GLOBAL read_only = OFF');
      return best;
    },
    async rejoin(i) {
      if (!nodeOf(nodes, i).isRunning()) await startSilent(i);
      const node = nodeOf(nodes, i);
      // What it has committed itself, a replica counts from: else it would ask for what it has.
      const [row] = await node.query('SELECT @@gtid_current_pos AS position');
      await node.query('SET GLOBAL read_only = ON');
      await node.query('STOP SLAVE');
      await node.query(`SET GLOBAL gtid_slave_pos = '${row?.position}'`);
      await follow(i);
    },
    async restart(i) {
      await startSilent(i);
      if (i === primary) {
        await nodeOf(nodes, i).query('SET GLOBAL rpl_semi_sync_slave_enabled = OFF, rpl_semi_sync_master_enabled = ON');
        await nodeOf(nodes, i).query('SET GLOBAL read_only = OFF');
      } else await follow(i);
    },
  };
}

/** How far the log of the primary has come to this replica: the last number of the received GTID. */
async function receivedBy(node: MariadbNode): Promise<number> {
  const [row] = await node.query('SHOW SLAVE STATUS');
  const received = String(row?.Gtid_IO_Pos ?? '');
  return Number(/-(\d+)$/.exec(received)?.[1] ?? 0);
}
