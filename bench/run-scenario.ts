/**
 * One scenario: a fresh store and, in turns, its server, several servers at once, batches of one, and hand-written SQL. A
 * neighbour who takes the disk for ten seconds then slows all of them, and the ratios between them hold.
 */
import type { BenchDatabase, StoreName } from './databases.ts';
import type { LoadJob, LoadResult } from './load.ts';
import { type BenchServer, load, prepareStore, region, runScript, secret, startServer } from './shop-under-test.ts';

export interface Scenario {
  name: string;
  store: StoreName;
  skus: number;
  flows: number;
  connections: number;
  /** Servers that sell the same goods at once, for the comparison; 1: none is made. */
  processes: number;
  redisUrl: string | undefined;
}

export interface Rate {
  ordersPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** CPU time of one order, in microseconds. */
  cpuMicros: { shop: number; database: number; generator: number };
  /** Cores that these three kept busy. */
  busyCores: number;
  meanBatch: number;
}

export interface ScenarioResult extends Rate {
  name: string;
  store: string;
  manyProcesses?: Rate & { processes: number };
  batchOfOnePerSecond: number;
  doNothingPerSecond: number;
  /** Through the shop's own batches, without HTTP. */
  rawStorePerSecond: number;
  /** Batched SQL by hand, on MySQL. */
  handWrittenPerSecond?: number;
  /** Requests of the whole flow per request of doing nothing. */
  shareOfDoNothing: number;
  failed: number;
}

const rounds = 4;

export async function runScenario(scenario: Scenario, database: BenchDatabase): Promise<ScenarioResult> {
  const { name, skus, flows, connections, processes, redisUrl } = scenario;
  const single = Math.max(300, Math.round(flows / 12));
  const url = await database.newDatabase();
  const store = await prepareStore({
    url,
    skus,
    // Every run begins with the first SKU again, and the hand-written ones warm up each time.
    cards: Math.round((flows * (processes > 1 ? 3.5 : 2.5) + single) * 1.3) + rounds * 1024 + skus * 30,
    label: name.replace(/\W+/g, '-'),
    redisUrl,
  });
  const job = (kind: LoadJob['kind'], count: number): Omit<LoadJob, 'ports'> => ({
    kind,
    secret,
    skuIds: store.skuIds,
    connections,
    flows: Math.round(count),
    maxMs: 120_000,
  });
  const failures: number[] = [];
  const run = async (servers: readonly BenchServer[], kind: LoadJob['kind'], count: number): Promise<LoadResult> => {
    const ports = servers.map(({ port }) => port);
    const result = await load(ports, job(kind, count));
    failures.push(result.failed);
    return result;
  };
  const measure = async (servers: readonly BenchServer[]): Promise<Measured> => {
    const before = await workOf(servers, database);
    const result = await run(servers, 'flow', flows / rounds);
    const after = await workOf(servers, database);
    return { ...result, work: difference(after, before) };
  };
  const started: BenchServer[] = [];
  const start = async (env: NodeJS.ProcessEnv = store.env): Promise<BenchServer> => {
    const server = await startServer(env);
    started.push(server);
    return server;
  };
  try {
    const server = await start();
    await run([server], 'nothing', flows / 4); // warm up: the first seconds compile
    await run([server], 'flow', flows / 5);
    const all = [server];
    while (all.length < processes) all.push(await start());
    for (const other of all.slice(1)) await run([other], 'flow', flows / 5 / processes);
    const one = await start({ ...store.env, CARDWELL_BATCH_SIZE: '1' });
    await run([one], 'flow', single / 4);

    const shares: Measured[] = [];
    const manyShares: Measured[] = [];
    const singles: Timed[] = [];
    const nothings: Timed[] = [];
    const byHands: Timed[] = [];
    for (let round = 0; round < rounds; round++) {
      shares.push(await measure([server]));
      if (url) byHands.push(await byHand(flows / 2 / rounds));
      if (processes > 1) manyShares.push(await measure(all));
      singles.push(await run([one], 'flow', single / rounds));
      nothings.push(await run([server], 'nothing', flows / 2 / rounds));
    }
    for (const running of started.splice(0)) await running.stop();
    const rawJob = { skuIds: store.skuIds, flows: Math.round(flows / 2), callers: connections };
    const raw = await runScript<Timed>('./raw-store.ts', rawJob, store.env);
    const rate = rateOf(shares);
    return {
      name,
      store: scenario.store,
      ...rate,
      ...(processes > 1 && { manyProcesses: { processes, ...rateOf(manyShares) } }),
      batchOfOnePerSecond: perSecond(singles),
      doNothingPerSecond: perSecond(nothings) * 2,
      rawStorePerSecond: perSecond([raw]),
      ...(url && { handWrittenPerSecond: perSecond(byHands) }),
      shareOfDoNothing: Math.round((rate.ordersPerSecond / perSecond(nothings)) * 100) / 100,
      failed: failures.reduce((sum, count) => sum + count, 0),
    };
  } finally {
    for (const running of started) await running.stop();
    store.remove();
  }

  function byHand(count: number): Promise<Timed> {
    return runScript('./hand-written-sql.ts', { skuIds: store.skuIds, flows: Math.round(count), region }, store.env);
  }
}

type Timed = Pick<LoadResult, 'flows' | 'seconds'>;
type Measured = LoadResult & { work: Work };

interface Work {
  shopMs: number;
  databaseMs: number;
  orderBatches: number;
}

async function workOf(servers: readonly BenchServer[], database: BenchDatabase): Promise<Work> {
  const works = await Promise.all(servers.map((one) => one.ask<{ cpuMs: number; orderBatches: number }>('work')));
  return {
    shopMs: works.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    databaseMs: database.cpuMs(),
    orderBatches: works.reduce((sum, { orderBatches }) => sum + orderBatches, 0),
  };
}

function difference(after: Work, before: Work): Work {
  return {
    shopMs: after.shopMs - before.shopMs,
    databaseMs: after.databaseMs - before.databaseMs,
    orderBatches: after.orderBatches - before.orderBatches,
  };
}

function rateOf(shares: readonly Measured[]): Rate {
  const sum = (of: (share: Measured) => number) => shares.reduce((total, share) => total + of(share), 0);
  const flows = Math.max(
    1,
    sum((share) => share.flows),
  );
  const micros = (of: (share: Measured) => number) => Math.round((sum(of) * 1000) / flows);
  const cpuMicros = {
    shop: micros(({ work }) => work.shopMs),
    database: micros(({ work }) => work.databaseMs),
    generator: micros(({ cpuMs }) => cpuMs),
  };
  const cpuMs = sum(({ work, cpuMs }) => work.shopMs + work.databaseMs + cpuMs);
  return {
    ordersPerSecond: perSecond(shares),
    p50Ms: median(shares.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(shares.map(({ p99Ms }) => p99Ms)),
    cpuMicros,
    busyCores: Math.round(cpuMs / sum(({ seconds }) => seconds) / 10) / 100,
    meanBatch: Math.round(
      flows /
        Math.max(
          1,
          sum(({ work }) => work.orderBatches),
        ),
    ),
  };
}

function perSecond(parts: readonly Timed[]): number {
  const seconds = parts.reduce((sum, part) => sum + part.seconds, 0);
  return Math.round(parts.reduce((sum, part) => sum + part.flows, 0) / seconds);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[sorted.length >> 1] ?? 0) * 10) / 10;
}
