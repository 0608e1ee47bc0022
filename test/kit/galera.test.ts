import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { databaseOf } from './database-cluster.ts';
import { type GaleraCluster, startGalera } from './galera.ts';
import type { MariadbNode } from './mariadb-node.ts';

let cluster: GaleraCluster;
let database: string;
before(async () => {
  cluster = await startGalera();
  database = databaseOf(await cluster.newDatabase());
  await node(0).query(`CREATE TABLE ${database}.notes (id INT PRIMARY KEY)`);
});
after(() => cluster.close());

const node = (i: number): MariadbNode => cluster.nodes[i] ?? assert.fail();
const write = (i: number, id: number) => node(i).query(`INSERT INTO ${database}.notes VALUES (${id})`);
async function idsAt(i: number): Promise<number[]> {
  const rows = await node(i).query(
    `SET STATEMENT wsrep_sync_wait = 15 FOR SELECT id FROM ${database}.notes ORDER BY id`,
  );
  return rows.map((row) => row.id);
}

test('what one node commits the others have', async () => {
  await write(0, 1);
  assert.deepEqual(await Promise.all([0, 1, 2].map(idsAt)), [[1], [1], [1]]);
});

test('a killed node comes back with what it missed', async () => {
  await node(0).kill();
  await write(1, 2);
  await cluster.restart(0);
  assert.deepEqual(await idsAt(0), [1, 2]);
});

test('a node with an empty disk gets everything', async () => {
  await node(2).kill();
  await write(1, 3);
  await cluster.replace(2);
  assert.deepEqual(await idsAt(2), [1, 2, 3]);
});

test('after a crash of all, the cluster begins again from the node that has most', async () => {
  await node(0).kill();
  await write(1, 4);
  await cluster.killAll();
  const { startedFrom } = await cluster.recover();
  assert.notEqual(startedFrom, 0);
  assert.deepEqual(await Promise.all([0, 1, 2].map(idsAt)), Array(3).fill([1, 2, 3, 4]));
});
