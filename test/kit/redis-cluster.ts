/**
 * A real Redis Cluster: three masters and three replicas on three hosts, each replica on another host than its master.
 * Nothing is written to disk: what a cache remembers through a restart is a kindness nothing may depend on.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis as Client } from 'ioredis';
import { type Host, newNetwork } from './namespaces.ts';
import { type Supervised, supervise } from './supervised.ts';
import { until } from './until.ts';

export interface RedisClusterNode {
  readonly address: string;
  readonly port: number;
  /** An administrator's connection to this node. */
  readonly client: Client;
  role(): Promise<'master' | 'slave'>;
  isRunning(): boolean;
  kill(): Promise<void>;
  /** Comes back empty, and learns from the others what it is. */
  restart(): Promise<void>;
  pause(): void;
  resume(): void;
}

export interface RedisCluster {
  /** REDIS_URL */
  readonly url: string;
  /** 0 to 2 began as masters; 3 to 5 as their replicas, in the same order. */
  readonly nodes: readonly RedisClusterNode[];
  /** Forgets all data on all nodes that answer. */
  wipe(): Promise<void>;
  /** Makes this replica the master of its part. */
  failover(node: number): Promise<void>;
  /** Waits until every slot is served. */
  whole(): Promise<void>;
  partition(host: number): Promise<void>;
  heal(host: number): Promise<void>;
  close(): Promise<void>;
}

const masters = 3;
const slots = 16_384;
const ports = { master: 6379, replica: 6380 };

const settings = [
  ['--cluster-enabled', 'yes'],
  ['--cluster-node-timeout', '1500'],
  ['--cluster-require-full-coverage', 'no'],
  ['--cluster-replica-validity-factor', '0'],
  ['--repl-diskless-sync-delay', '0'],
  ['--protected-mode', 'no'],
  ['--save', ''],
  ['--appendonly', 'no'],
  ['--maxmemory', '64mb'],
].flat();

interface Node extends RedisClusterNode {
  start(): Promise<void>;
  remove(): Promise<void>;
}

export async function startRedisCluster(): Promise<RedisCluster> {
  const network = await newNetwork(masters);
  const places = network.hosts.map((host) => ({ host, port: ports.master }));
  const replicas = network.hosts.map((_, i) => ({ host: hostOf(network.hosts, i + 1), port: ports.replica }));
  const nodes = await Promise.all([...places, ...replicas].map(({ host, port }) => newNode(host, port)));

  const whole = () =>
    until('every part of the Redis Cluster has a master', async () => {
      const running = nodes.filter((node) => node.isRunning());
      const told = await Promise.all(running.map(({ client }) => client.cluster('INFO').catch(() => '')));
      return told.every((info) => /cluster_state:ok/.test(info) && /cluster_slots_ok:16384/.test(info));
    });

  try {
    await Promise.all(nodes.map((node) => node.start()));
    await makeOne(nodes);
    await whole();
  } catch (error) {
    await close();
    throw error;
  }

  async function close(): Promise<void> {
    await Promise.all(nodes.map((node) => node.remove()));
    await network.close();
  }

  return {
    url: nodes.map(({ address, port }) => `redis://${address}:${port}`).join(','),
    nodes,
    async wipe() {
      await Promise.all(nodes.map(({ client }) => client.flushall().catch(() => undefined)));
    },
    async failover(i) {
      await nodes[i]?.client.cluster('FAILOVER');
      await until('the replica is master', async () => (await nodes[i]?.role()) === 'master');
    },
    whole,
    partition: (i) => hostOf(network.hosts, i).partition(),
    heal: (i) => hostOf(network.hosts, i).heal(),
    close,
  };
}

/** Makes them one cluster, without the minutes of caution that a tool for real data has. */
async function makeOne(nodes: readonly Node[]): Promise<void> {
  const share = Math.ceil(slots / masters);
  await Promise.all(
    nodes.slice(0, masters).map(async ({ client }, i) => {
      await client.call('CLUSTER', 'ADDSLOTSRANGE', i * share, Math.min(slots, (i + 1) * share) - 1);
      await client.call('CLUSTER', 'SET-CONFIG-EPOCH', i + 1);
    }),
  );
  for (const one of nodes) for (const other of nodes) await one.client.cluster('MEET', other.address, other.port);
  const ids = await Promise.all(nodes.map(async ({ client }) => String(await client.cluster('MYID'))));
  await until('all know each other', async () => {
    const known = await Promise.all(nodes.map(async ({ client }) => String(await client.cluster('NODES'))));
    return known.every((text) => ids.every((id) => text.includes(id)) && !/handshake/.test(text));
  });
  await Promise.all(nodes.slice(masters).map(({ client }, i) => client.cluster('REPLICATE', ids[i] ?? '')));
  await until('the replicas are in step', async () => {
    const states = await Promise.all(nodes.slice(masters).map(({ client }) => client.info('replication')));
    return states.every((text) => /master_link_status:up/.test(text));
  });
}

async function newNode(host: Host, port: number): Promise<Node> {
  const { address } = host;
  const dir = await mkdtemp(join(tmpdir(), 'cardwell-redis-node-'));
  // Told and shown as what it is: on the loopback every node would else be 127.0.0.1 to the others.
  const itself = ['--bind-source-addr', address, '--cluster-announce-ip', address];
  const place = ['--bind', address, '--port', String(port), '--dir', dir, ...itself];
  const command = host.on(['/usr/bin/redis-server', ...place, ...settings]);
  const server: Supervised = await supervise(command, { dir, log: join(dir, 'redis.log') });
  const client = new Client({
    host: address,
    port,
    retryStrategy: () => 50,
    maxRetriesPerRequest: null,
    lazyConnect: true,
  });
  client.on('error', () => {});

  async function start(): Promise<void> {
    await server.start();
    await until(`Redis answers at ${address}:${port}`, async () => (await client.ping()) === 'PONG');
  }
  return {
    address,
    port,
    client,
    async role() {
      const [role] = (await client.call('ROLE')) as [string];
      return role === 'master' ? 'master' : 'slave';
    },
    isRunning: () => server.isRunning(),
    start,
    restart: start,
    async kill() {
      server.signal('SIGKILL');
      await server.ended();
    },
    pause: () => server.signal('SIGSTOP'),
    resume: () => server.signal('SIGCONT'),
    async remove() {
      client.disconnect();
      await server.release();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function hostOf(hosts: readonly Host[], i: number): Host {
  const host = hosts[i % hosts.length];
  if (!host) throw new Error('there are no hosts');
  return host;
}
