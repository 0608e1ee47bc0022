/**
 * One scenario: a fresh store, and one after another in the same run: its server, several servers at once, batches of
 * one, doing nothing, the shop's batches without HTTP, and hand-written SQL.
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

export async function runScenario(scenario: Scenario, database: BenchDatabase): Promise<ScenarioResult> {
  const { name, skus, flows, connections, processes, redisUrl } = scenario;
  const single = Math.max(300, Math.round(flows / 12));
  const url = await database.newDatabase();
  const store = await prepareStore({
    url,
    skus,
    cards: Math.round((flows * (2.5 + (processes > 1 ? 1 : 0)) + single) * 1.3),
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
  const measure = async (servers: readonly BenchServer[]): Promise<Rate> => {
    const before = await workOf(servers, database);
    const result = await run(servers, 'flow', flows);
    return rateOf(result, before, await workOf(servers, database));
  };
  try {
    const server = await startServer(store.env);
    await run([server], 'nothing', flows / 4); // warm up: the first seconds compile
    await run([server], 'flow', flows / 5);
    const nothing = await run([server], 'nothing', flows / 2);
    const rate = await measure([server]);
    const many = processes > 1 ? await besideOthers(server) : undefined;
    await server.stop();

    const one = await startServer({ ...store.env, CARDWELL_BATCH_SIZE: '1' });
    await run([one], 'flow', single / 4);
    const batchOfOne = await run([one], 'flow', single);
    await one.stop();

    const rawJob = { skuIds: store.skuIds, flows: Math.round(flows / 2), callers: connections };
    const raw = await runScript<Pick<LoadResult, 'flows' | 'seconds'>>('./raw-store.ts', rawJob, store.env);
    const byHand = url
      ? await runScript<Pick<LoadResult, 'flows' | 'seconds'>>(
          './hand-written-sql.ts',
          { skuIds: store.skuIds, flows: Math.round(flows / 2), region },
          store.env,
        )
      : undefined;
    return {
      name,
      store: scenario.store,
      ...rate,
      ...(many && { manyProcesses: { processes, ...many } }),
      batchOfOnePerSecond: perSecond(batchOfOne),
      doNothingPerSecond: perSecond(nothing) * 2,
      rawStorePerSecond: perSecond(raw),
      ...(byHand && { handWrittenPerSecond: perSecond(byHand) }),
      shareOfDoNothing: Math.round((rate.ordersPerSecond / perSecond(nothing)) * 100) / 100,
      failed: failures.reduce((sum, count) => sum + count, 0),
    };
  } finally {
    store.remove();
  }

  async function besideOthers(server: BenchServer): Promise<Rate> {
    const others = await Promise.all(Array.from({ length: processes - 1 }, () => startServer(store.env)));
    for (const other of others) await run([other], 'flow', flows / 5 / others.length);
    const rate = await measure([server, ...others]);
    for (const other of others) await other.stop();
    return rate;
  }
}

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

function rateOf(result: LoadResult, before: Work, after: Work): Rate {
  const shopMs = after.shopMs - before.shopMs;
  const databaseMs = after.databaseMs - before.databaseMs;
  const micros = (ms: number) => Math.round((ms * 1000) / Math.max(1, result.flows));
  return {
    ordersPerSecond: perSecond(result),
    p50Ms: round1(result.p50Ms),
    p99Ms: round1(result.p99Ms),
    cpuMicros: { shop: micros(shopMs), database: micros(databaseMs), generator: micros(result.cpuMs) },
    busyCores: Math.round((shopMs + databaseMs + result.cpuMs) / result.seconds / 10) / 100,
    meanBatch: Math.round(result.flows / Math.max(1, after.orderBatches - before.orderBatches)),
  };
}

function perSecond({ flows, seconds }: Pick<LoadResult, 'flows' | 'seconds'>): number {
  return Math.round(flows / seconds);
}

function round1(ms: number): number {
  return Math.round(ms * 10) / 10;
}
