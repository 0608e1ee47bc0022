/** A primary with semi-synchronous replicas dies while buyers buy; a replica is promoted, and the old primary follows it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Endpoint, parseEndpoints } from '../../../server/platform/db/hosts/endpoints.ts';
import { promoteHost } from '../../../server/platform/db/hosts/promote-host.ts';
import { rejoinHost } from '../../../server/platform/db/hosts/rejoin-host.ts';
import { type ReplicatedCluster, startReplicas } from '../../kit/replicas.ts';
import { inWords } from '../../kit/workload-judge.ts';
import { assertUntroubled, newStormyShop, type StormyShop } from './stormy-shop.ts';

let cluster: ReplicatedCluster;
let endpoints: readonly Endpoint[];
let sale: StormyShop;
before(async () => {
  cluster = await startReplicas();
  const url = await cluster.newDatabase();
  endpoints = parseEndpoints(url).writers;
  sale = await newStormyShop({ databaseUrl: url, processes: [{}, {}] });
});
after(async () => {
  await sale?.close();
  await cluster?.close();
});

/** As `cardwell database promote` does, by somebody who is quick. */
async function promote(): Promise<void> {
  const { writer } = await promoteHost({ endpoints, target: undefined, force: false, onStep });
  cluster.primary = cluster.nodes.findIndex(({ address }) => writer.startsWith(address));
}

const steps: string[] = [];
const onStep = (says: string) => steps.push(says);
const hostOf = (i: number) => endpoints[i] ?? assert.fail();
const node = (i: number) => cluster.nodes[i] ?? assert.fail();

test('the primary is killed and a replica promoted at once: no buyer is refused', async (t) => {
  const summary = await sale.sellThrough('primary killed', async () => {
    await node(0).kill();
    await promote();
  });
  t.diagnostic(inWords('primary killed', summary));
  assert.notEqual(cluster.primary, 0);
  assertUntroubled(summary);
});

test('the old primary comes back as a replica with the same data, and no buyer notices', async (t) => {
  const summary = await sale.sellThrough('old primary rejoins', async () => {
    await cluster.startAlone(0);
    await rejoinHost({ endpoints, host: hostOf(0).name, replication: hostOf(0), onStep });
  });
  t.diagnostic(inWords('old primary rejoins', summary));
  assertUntroubled(summary);
  await cluster.caughtUp(0);
});

test('the primary freezes, a replica is promoted, and the frozen one wakes: what nobody could take is taken later', async (t) => {
  const frozen = cluster.primary;
  const summary = await sale.sellThrough('primary frozen', async () => {
    node(frozen).pause();
    await promote();
    node(frozen).resume();
  });
  t.diagnostic(inWords('primary frozen', summary));
  // Who had to wait too long was told so; but nobody was shown the past, in which the order is not there.
  const past = summary.firstTroubles.filter((says) => /order_not_found|order_not_delivered/.test(says));
  assert.deepEqual(past, []);
});
