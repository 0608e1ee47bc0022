import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { databaseOf } from './database-cluster.ts';
import type { MariadbNode } from './mariadb-node.ts';
import { type ReplicatedCluster, startReplicas } from './replicas.ts';

let cluster: ReplicatedCluster;
let database: string;
before(async () => {
  cluster = await startReplicas();
  database = databaseOf(await cluster.newDatabase());
  await node(0).query(`CREATE TABLE ${database}.notes (id INT PRIMARY KEY)`);
});
after(() => cluster.close());

const node = (i: number): MariadbNode => cluster.nodes[i] ?? assert.fail();
const write = (i: number, id: number) => node(i).query(`INSERT INTO ${database}.notes VALUES (${id})`);
async function idsAt(i: number): Promise<number[]> {
  if (i !== cluster.primary) await cluster.caughtUp(i);
  const rows = await node(i).query(`SELECT id FROM ${database}.notes ORDER BY id`);
  return rows.map((row) => row.id);
}

test('replicas have what the primary committed, and say that they take no writes', async () => {
  await write(0, 1);
  assert.deepEqual(await Promise.all([0, 1, 2].map(idsAt)), [[1], [1], [1]]);
  const states = await Promise.all(
    [0, 1, 2].map(async (i) => (await node(i).query('SELECT @@read_only AS ro'))[0]?.ro),
  );
  assert.deepEqual(states, [0, 1, 1]);
  const [semi] = await node(0).query("SHOW STATUS LIKE 'Rpl_semi_sync_master_status'");
  const [clients] = await node(0).query("SHOW STATUS LIKE 'Rpl_semi_sync_master_clients'");
  assert.deepEqual([semi?.Value, clients?.Value], ['ON', '2']);
});

test('a replica that was away catches up', async () => {
  await node(2).kill();
  await write(0, 2);
  await cluster.restart(2);
  assert.deepEqual(await idsAt(2), [1, 2]);
});

test('a replica takes over from a killed primary, which comes back as its replica', async () => {
  await node(0).kill();
  const promoted = await cluster.promote();
  await write(promoted, 3);
  await cluster.rejoin(0);
  assert.deepEqual(await Promise.all([0, 1, 2].map(idsAt)), Array(3).fill([1, 2, 3]));
});
