/** A primary with semi-synchronous replicas dies while buyers buy; a replica is promoted, and the old primary follows it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { type ReplicatedCluster, startReplicas } from '../../kit/replicas.ts';
import { spawnNode } from '../../kit/shop-process.ts';
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

/** What a person types. @returns what it prints */
async function cardwell(...args: string[]): Promise<Record<string, string>> {
  const child = spawnNode(['bin/cardwell.ts', 'database', ...args, '--yes', '--json'], sale.shop.env);
  const [out, errors, [code]] = await Promise.all([
    text(child.stdout as Readable),
    text(child.stderr as Readable),
    once(child, 'close'),
  ]);
  assert.equal(code, 0, errors);
  return JSON.parse(out);
}

const node = (i: number) => cluster.nodes[i] ?? assert.fail();

test('the primary is killed and a replica promoted at once: no buyer is refused', async (t) => {
  const summary = await sale.sellThrough('primary killed', async () => {
    await node(0).kill();
    const { writer } = await cardwell('promote');
    cluster.primary = cluster.nodes.findIndex(({ address }) => writer?.startsWith(address));
  });
  t.diagnostic(inWords('primary killed', summary));
  assert.notEqual(cluster.primary, 0);
  assertUntroubled(summary);
});

test('the old primary comes back as a replica with the same data, and no buyer notices', async (t) => {
  const summary = await sale.sellThrough('old primary rejoins', async () => {
    await cluster.startAlone(0);
    await cardwell('rejoin', `${node(0).address}:3306`);
  });
  t.diagnostic(inWords('old primary rejoins', summary));
  assertUntroubled(summary);
  await cluster.caughtUp(0);
});

test('the primary freezes, a replica is promoted, and the frozen one wakes: what nobody could take is taken later', async (t) => {
  const frozen = cluster.primary;
  const summary = await sale.sellThrough('primary frozen', async () => {
    node(frozen).pause();
    const { writer } = await cardwell('promote');
    cluster.primary = cluster.nodes.findIndex(({ address }) => writer?.startsWith(address));
    node(frozen).resume();
  });
  t.diagnostic(inWords('primary frozen', summary));
  // How long buyers wait, and whether some are given tickets, is up to whoever notices: here nobody was watching but us.
  assert.ok(summary.orders > 0);
});
