/** The workload, the auditor and its canary, on a small shop: true evidence passes, and each planted fault is found. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { epayGateway as epay } from '../../gateways/epay/gateway.ts';
import { type RunningGateway, serveGateway } from '../../gateways/serve-gateway.ts';
import { labChecks } from '../../lab/auditor/checks.ts';
import { dumpNode } from '../../lab/auditor/dump-node.ts';
import type { Evidence } from '../../lab/auditor/evidence.ts';
import { judgeEvidence } from '../../lab/auditor/judge-evidence.ts';
import { plantedFaults, tryCanary } from '../../lab/auditor/plant-faults.ts';
import { readJournals } from '../../lab/auditor/read-journals.ts';
import { changesBetween, replayCallbacks } from '../../lab/auditor/replay-callbacks.ts';
import { isFailure, readHistory, requestKinds, writeHistory } from '../../lab/workload/history.ts';
import { behaviours } from '../../lab/workload/plan-buyers.ts';
import { startWorkload, type Workload } from '../../lab/workload/run-workload.ts';
import { sandboxTill, simulatorTill } from '../../lab/workload/tills.ts';
import { openChannelKeyring } from '../../server/payment/channel-keyring.ts';
import { sandboxSecret } from '../kit/buyer.ts';
import { type LiveShop, newLiveShop } from '../kit/live-shop.ts';
import { until } from '../kit/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'cardwell-auditor-test-'));
let live: LiveShop;
let network: RunningGateway;
let workload: Workload;
let evidence: Evidence;

before(async () => {
  const keyFile = join(folder, 'channel.key');
  openChannelKeyring({ path: keyFile, strict: false, create: true });
  live = await newLiveShop('sqlite', { CARDWELL_CHANNEL_KEY_FILE: keyFile });
  network = await serveGateway(epay, { speedUp: 2000 });
  const code = await live.connect(network);
  const skuId = await live.shop.newSku({ cards: 800 });
  const worker = await live.shop.newProcess({}, ['worker']);
  await worker.start();
  const reply = (await (await fetch(`${live.origin}/api/v1/products`)).json()) as { products: { slug: string }[] };
  const slug = reply.products[0]?.slug ?? assert.fail();
  workload = startWorkload({
    origin: live.origin,
    seed: 7,
    ordersPerS: 80,
    pauseShare: 0.1,
    goods: [{ skuId, slug }],
    tills: (door) => [
      sandboxTill(door, sandboxSecret),
      sandboxTill(door, sandboxSecret),
      simulatorTill(code, network.baseUrl),
    ],
  });
  await until('every sort of buyer has come', async () => {
    const { buyers } = workload.history;
    return behaviours.every((behaviour) => buyers.filter((one) => one.behaviour === behaviour).length >= 2);
  });
  await workload.stop();
  assert.deepEqual(await workload.finish(), []);
  await network.settled();
  evidence = await gather();
});
after(async () => {
  workload?.close();
  await network?.close();
  await live?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function gather(): Promise<Evidence> {
  const { context, shop } = live;
  const file = shop.env.DATABASE_URL?.replace('sqlite:', '') ?? assert.fail();
  const database = new DatabaseSync(file, { readOnly: true });
  const read = () =>
    dumpNode('the only one', async (sql) => {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      return statement.all() as unknown as unknown[][];
    });
  await until('the outbox is empty', async () => (await read()).dueOutbox.length === 0);
  const before = await read();
  const { callbacks, refused } = await replayCallbacks(workload.history, workload.door, sandboxSecret);
  const node = await read();
  database.close();
  const readings = await readJournals({ dataDirs: shop.dataDirs, database: context.database, clock: context.clock });
  return {
    ...readings,
    history: structuredClone(workload.history),
    // Of a cluster there are several: here the same one twice stands for two that agree.
    nodes: [node, { ...structuredClone(node), name: 'its twin' }],
    books: [{ channel: 'epay', trades: network.books.all() }],
    replayed: { callbacks, changes: [...refused, ...changesBetween(before, node)] },
  };
}

test('of a shop that kept its word every check holds, and every request is on record', () => {
  const broken = judgeEvidence(evidence).filter(({ ok }) => !ok);
  assert.deepEqual(broken, []);
  const { requests } = workload.history;
  assert.deepEqual(requests.filter(isFailure), []);
  const seen = new Set(requests.map(({ kind }) => kind));
  // Tickets are for a database that is away.
  assert.deepEqual(
    requestKinds.filter((kind) => !seen.has(kind)),
    ['begin', 'ticket'],
  );
  assert.ok(evidence.replayed.callbacks > 50);
});

test('the canary: each planted fault is found by the check that is there for it', () => {
  assert.deepEqual(tryCanary(evidence, judgeEvidence), []);
});

test('there is a planted fault for every check', () => {
  const tried = new Set(plantedFaults.map(({ foundBy }) => foundBy));
  assert.deepEqual(
    labChecks.filter(({ id }) => !tried.has(id)).map(({ id }) => id),
    [],
  );
});

test('a history read back from its file is the same', async () => {
  const file = join(folder, 'history.jsonl');
  await writeHistory(file, workload.history);
  assert.deepEqual(readHistory(file), JSON.parse(JSON.stringify(workload.history)));
});
