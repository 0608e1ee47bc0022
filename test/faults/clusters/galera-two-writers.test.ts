/**
 * Two processes write to two nodes of one Galera cluster at the same time, which the shop's own routing never does: the
 * constraints alone must keep each card from being issued twice.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { databaseOf } from '../../kit/database-cluster.ts';
import { type GaleraCluster, startGalera } from '../../kit/galera.ts';
import { until } from '../../kit/until.ts';
import { inWords } from '../../kit/workload-judge.ts';
import { newStormyShop, type StormyShop } from './stormy-shop.ts';

const cards = 1500;
let cluster: GaleraCluster;
let sale: StormyShop;
before(async () => {
  cluster = await startGalera();
  const database = databaseOf(await cluster.newDatabase());
  const one = (node: number) => ({ DATABASE_URL: cluster.urlOf(database, [node]) });
  sale = await newStormyShop({
    databaseUrl: cluster.urlOf(database, [0]),
    processes: [one(0), one(1)],
    skus: 1,
    cardsPerSku: cards,
  });
});
after(async () => {
  await sale?.close();
  await cluster?.close();
});

/** Transactions that a node undid because the other one had been there first. */
async function conflicts(): Promise<number> {
  const counts = await Promise.all(
    cluster.nodes.map((node) =>
      node.query("SHOW STATUS WHERE Variable_name IN ('wsrep_local_cert_failures', 'wsrep_local_bf_aborts')"),
    ),
  );
  return counts.flat().reduce((sum, row) => sum + Number(row.Value), 0);
}

test('two nodes sell one SKU until nothing is left, and each card goes to one buyer', async (t) => {
  const db = sale.shop.context.database.read;
  const unsold = () => db.selectFrom('card_keys').select('id').where('status', '!=', 1).execute();
  const summary = await sale.sellThrough(
    'two writers',
    () => until('nearly all are sold', async () => (await unsold()).length < cards / 20, 60_000),
    // What one node has answered the other knows a moment later.
    { ordersPerS: 200, settled: () => cluster.caughtUp() },
  );
  t.diagnostic(`${inWords('two writers', summary)}, ${await conflicts()} conflicts`);
  assert.ok((await conflicts()) > 0, 'the nodes never met over a card');
  // Who came back at the end has bought what leavers had given back, or it still lies there.
  const back = await db.selectFrom('orders').select('id').where('status', '=', 'cancelled').execute();
  assert.ok((await unsold()).length <= back.length, `${(await unsold()).length} cards were never offered`);
});
