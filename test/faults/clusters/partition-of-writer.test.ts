/** The node of a Galera cluster that is written is cut off from everybody: its connections hang, nobody is told. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseOf } from '../../kit/database-cluster.ts';
import { type GaleraCluster, startGalera } from '../../kit/galera.ts';
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
  sale = await newStormyShop({ databaseUrl: url, processes: [{}, {}] });
});
after(async () => {
  await sale?.close();
  await cluster?.close();
});

test('the writer is cut off and comes back: no buyer is refused', async (t) => {
  const writer = await writerOf(cluster, database);
  const summary = await sale.sellThrough('writer cut off', async () => {
    await cluster.nodes[writer]?.partition();
    await sleep(4000);
    await cluster.nodes[writer]?.heal();
    await cluster.whole();
  });
  t.diagnostic(inWords('writer cut off', summary));
  assertUntroubled(summary);
  assert.notEqual(await writerOf(cluster, database), writer);
});
