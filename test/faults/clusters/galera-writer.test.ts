/** The node of a Galera cluster that is written fails in each way a machine can, while buyers buy. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseOf } from '../../kit/database-cluster.ts';
import { type GaleraCluster, startGalera } from '../../kit/galera.ts';
import { callerOf } from '../../kit/http-call.ts';
import type { ShopProcess } from '../../kit/shop-process.ts';
import { until } from '../../kit/until.ts';
import { inWords } from '../../kit/workload-judge.ts';
import { assertUntroubled, newStormyShop, type StormyShop } from './stormy-shop.ts';
import { writerOf } from './writer-of.ts';

let cluster: GaleraCluster;
let sale: StormyShop;
let database: string;
before(async () => {
  cluster = await startGalera();
  const url = await cluster.newDatabase();
  database = databaseOf(url);
  sale = await newStormyShop({ databaseUrl: url, processes: [{}, {}], workers: 2 });
});
after(async () => {
  await sale?.close();
  await cluster?.close();
});

/** The worker that leads is the one that runs the scans of the shop, and no other does. */
async function leaderOfScans(): Promise<ShopProcess> {
  const [node] = cluster.nodes;
  const [row] = (await node?.query(`SELECT holder FROM ${database}.leases WHERE name = 'scans'`)) ?? [];
  const leads = sale.workers.find(({ pid }) => String(row?.holder).startsWith(`${pid}-`));
  return leads ?? assert.fail(`${row?.holder} is none of the workers`);
}

const scansRunBy = async ({ origin }: ShopProcess): Promise<number> => {
  const { text } = await callerOf(origin)({ path: '/metrics' });
  return Number(/cardwell_scan_seconds_count\{scan="expire-orders"\} (\d+)/.exec(text)?.[1] ?? 0);
};

let leader: ShopProcess;

test('of two workers one runs the scans; then it is killed', async () => {
  leader = await leaderOfScans();
  const other = sale.workers.find((one) => one !== leader) ?? assert.fail();
  await until('the leader scans', async () => (await scansRunBy(leader)) > 1);
  assert.equal(await scansRunBy(other), 0);
  await leader.kill();
});

test('the writer is killed: no buyer is refused', async (t) => {
  const writer = await writerOf(cluster, database);
  const summary = await sale.sellThrough(
    'writer killed',
    async () => {
      await cluster.nodes[writer]?.kill();
      await sleep(3000);
    },
    { ordersPerS: 200 },
  );
  t.diagnostic(inWords('writer killed', summary));
  assertUntroubled(summary);
  assert.notEqual(await writerOf(cluster, database), writer);
});

test('the node that comes back fetches what it missed, and no buyer notices', async (t) => {
  const gone = cluster.nodes.findIndex((node) => !node.isRunning());
  const summary = await sale.sellThrough('node comes back', () => cluster.restart(gone));
  t.diagnostic(inWords('node comes back', summary));
  assertUntroubled(summary);
});

test('the writer freezes, and wakes again: no buyer is refused', async (t) => {
  const writer = await writerOf(cluster, database);
  const summary = await sale.sellThrough('writer frozen', async () => {
    cluster.nodes[writer]?.pause();
    await sleep(4000);
    cluster.nodes[writer]?.resume();
    await cluster.whole();
  });
  t.diagnostic(inWords('writer frozen', summary));
  assertUntroubled(summary);
});

test('all nodes crash at once: every order that was promised is there', async (t) => {
  const summary = await sale.sellThrough('all crashed', async () => {
    await cluster.killAll();
    await cluster.recover();
  });
  t.diagnostic(inWords('all crashed', summary));
});

test('meanwhile the other worker has taken over the scans', async () => {
  await until('it leads', async () => (await leaderOfScans()) !== leader);
  const other = await leaderOfScans();
  await until('it scans', async () => (await scansRunBy(other)) > 0);
});
