import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cluster } from 'ioredis';
import { type RedisCluster, type RedisClusterNode, startRedisCluster } from './redis-cluster.ts';
import { until } from './until.ts';

let cluster: RedisCluster;
let client: Cluster;
before(async () => {
  cluster = await startRedisCluster();
  client = new Cluster(
    cluster.nodes.map(({ address, port }) => ({ host: address, port })),
    { clusterRetryStrategy: () => 50 },
  );
  client.on('error', () => {});
});
after(async () => {
  client.disconnect();
  await cluster.close();
});

const node = (i: number): RedisClusterNode => cluster.nodes[i] ?? assert.fail();
const keys = Array.from({ length: 30 }, (_, i) => `key-${i}`);
const isMaster = async (i: number) => (await node(i).role()) === 'master';

test('three masters share the keys, and a client of the cluster finds each', async () => {
  for (const key of keys) await client.set(key, `value of ${key}`);
  const sizes = await Promise.all([0, 1, 2].map((i) => node(i).client.dbsize()));
  assert.ok(sizes.every((size) => size > 0 && size < keys.length));
  for (const key of keys) assert.equal(await client.get(key), `value of ${key}`);
});

test('a replica is made master on request', async () => {
  await cluster.failover(3);
  await until('the old master follows it', async () => !(await isMaster(0)));
  await cluster.whole();
});

test('the replica of a killed master takes over, and the killed one comes back as its replica', async () => {
  await node(1).kill();
  await until('its replica leads', () => isMaster(4));
  await cluster.whole();
  await node(1).restart();
  await until('it follows', async () => !(await isMaster(1)));
  for (const key of keys) assert.equal(await client.get(key), `value of ${key}`);
});

test('a frozen master is replaced, and follows once it wakes', async () => {
  node(2).pause();
  await until('its replica leads', () => isMaster(5));
  node(2).resume();
  await until('it follows', async () => !(await isMaster(2)));
});

test('wiped, it has no keys and still serves', async () => {
  await cluster.wipe();
  await cluster.whole();
  assert.equal(await client.get('key-1'), null);
  await client.set('key-1', 'new');
  assert.equal(await client.get('key-1'), 'new');
});
