/** A Redis Cluster loses masters and memory under load. It only saves work: no order may depend on it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sharedMariadb } from '../../kit/mariadb.ts';
import { type RedisCluster, startRedisCluster } from '../../kit/redis-cluster.ts';
import { until } from '../../kit/until.ts';
import { inWords } from '../../kit/workload-judge.ts';
import { assertUntroubled, newStormyShop, type StormyShop } from './stormy-shop.ts';

let cluster: RedisCluster;
let sale: StormyShop;
before(async () => {
  cluster = await startRedisCluster();
  const redis = { REDIS_URL: cluster.url };
  const databaseUrl = await (await sharedMariadb()).newDatabase();
  sale = await newStormyShop({ databaseUrl, processes: [redis, redis], cardsPerSku: 2500 });
});
after(async () => {
  await sale?.close();
  await cluster?.close();
});

const node = (i: number) => cluster.nodes[i] ?? assert.fail();
const isMaster = async (i: number) => (await node(i).role()) === 'master';

const storms: readonly [string, () => Promise<void>][] = [
  [
    'every key forgotten, again and again',
    async () => {
      for (let i = 0; i < 5; i++) {
        await cluster.wipe();
        await sleep(400);
      }
    },
  ],
  [
    'a master killed, replaced, and back empty',
    async () => {
      await node(0).kill();
      await until('its replica leads', () => isMaster(3));
      await node(0).restart();
      await cluster.whole();
    },
  ],
  [
    'a master frozen, replaced, and awake again',
    async () => {
      node(1).pause();
      await until('its replica leads', () => isMaster(4));
      node(1).resume();
      await cluster.whole();
    },
  ],
  [
    'all of it gone',
    async () => {
      await Promise.all(cluster.nodes.map((one) => one.kill()));
      await sleep(1000);
    },
  ],
];

for (const [name, storm] of storms) {
  test(`${name}: no order fails`, async (t) => {
    const summary = await sale.sellThrough(name, storm);
    t.diagnostic(inWords(name, summary));
    assertUntroubled(summary);
  });
}
