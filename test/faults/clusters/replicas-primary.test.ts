/** A primary with semi-synchronous replicas dies while buyers buy; a replica is promoted, and the old primary follows it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ReplicatedCluster, startReplicas } from '../../kit/replicas.ts';
import { inWords } from '../../kit/workload-judge.ts';
import { assertUntroubled, newStormyShop, type StormyShop } from './stormy-shop.ts';

let cluster: ReplicatedCluster;
let sale: StormyShop;
before(async () => {
  cluster = await startReplicas();
  const url = await cluster.newDatabase();
  sale = await newStormyShop({ databaseUrl: url, processes: [{}, {}] });
});
after(async () => {
  await sale?.close();
  await cluster?.close();
});

test('the primary is killed and a replica promoted at once: no buyer is refused', async (t) => {
  const summary = await sale.sellThrough('primary killed', async () => {
    await cluster.nodes[cluster.primary]?.kill();
    assert.notEqual(await cluster.promote(), 0);
  });
  t.diagnostic(inWords('primary killed', summary));
  assertUntroubled(summary);
});

test('the old primary comes back as a replica with the same data, and no buyer notices', async (t) => {
  const summary = await sale.sellThrough('old primary rejoins', () => cluster.rejoin(0));
  t.diagnostic(inWords('old primary rejoins', summary));
  assertUntroubled(summary);
  await cluster.caughtUp(0);
});
