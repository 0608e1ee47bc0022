/** One scenario: seed a fresh store, then measure its server, the same with batches of one, doing nothing, and the raw store. */
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationsFolder } from '../server/paths.ts';
import { systemClock } from '../server/platform/clock.ts';
import { migrate } from '../server/platform/db/migrate.ts';
import { openDatabase } from '../server/platform/db/open-database.ts';
import type { LoadJob, LoadResult } from './load.ts';
import { seedCards } from './seed.ts';

export interface Scenario {
  name: string;
  store: 'sqlite' | 'mysql';
  skus: number;
  flows: number;
  connections: number;
}

export interface ScenarioResult {
  name: string;
  store: string;
  ordersPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  batchOfOnePerSecond: number;
  doNothingPerSecond: number;
  rawStorePerSecond: number;
  /** Requests of the whole flow per request of doing nothing. */
  shareOfDoNothing: number;
  failed: number;
}

const secret = 'bench-sandbox-secret';
const region = 'A0';

export interface BenchStore {
  env: NodeJS.ProcessEnv;
  skuIds: number[];
  remove(): void;
}

export async function prepareStore(options: {
  url: string | undefined;
  skus: number;
  cards: number;
  label: string;
}): Promise<BenchStore> {
  const dir = mkdtempSync(join(tmpdir(), 'cardwell-bench-'));
  const url = options.url ?? `sqlite:${join(dir, 'cardwell.db')}`;
  const database = openDatabase({ url, clock: systemClock });
  await migrate(database, migrationsFolder, systemClock);
  const cardsEach = Math.ceil(options.cards / options.skus);
  const keyFile = join(dir, 'master.key');
  const skuIds = await seedCards({
    database,
    clock: systemClock,
    keyFile,
    skus: options.skus,
    cardsEach,
    region,
    label: options.label,
  });
  await database.close();
  const env = {
    ...process.env,
    DATABASE_URL: url,
    CARDWELL_DATA_DIR: dir,
    CARDWELL_SANDBOX_SECRET: secret,
    CARDWELL_LIMITS: 'off',
    CARDWELL_SAMPLE_DATA: 'off',
    LOG_LEVEL: 'warn',
  };
  return { env, skuIds, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** @param url a fresh MySQL database, or undefined for SQLite in a temporary folder */
export async function runScenario(scenario: Scenario, url: string | undefined): Promise<ScenarioResult> {
  const { name, skus, flows, connections } = scenario;
  const single = Math.max(300, Math.round(flows / 12));
  const store = await prepareStore({
    url,
    skus,
    cards: Math.round((flows * 2 + single) * 1.6),
    label: name.replace(/\W+/g, '-'),
  });
  const job = (kind: LoadJob['kind'], count: number): Omit<LoadJob, 'port'> => ({
    kind,
    secret,
    skuIds: store.skuIds,
    connections,
    flows: count,
    maxMs: 120_000,
  });
  try {
    const server = await startServer(store.env);
    await load(server.port, job('nothing', Math.round(flows / 4))); // warm up: the first seconds compile
    await load(server.port, job('flow', Math.round(flows / 5)));
    const nothing = await load(server.port, job('nothing', flows));
    const flow = await load(server.port, job('flow', flows));
    await server.stop();
    const one = await startServer({ ...store.env, CARDWELL_BATCH_SIZE: '1' });
    await load(one.port, job('flow', Math.round(single / 4)));
    const batchOfOne = await load(one.port, job('flow', single));
    await one.stop();
    const raw = await rawStore(store.env, { skuIds: store.skuIds, flows: Math.round(flows / 2), callers: connections });
    return {
      name,
      store: scenario.store,
      ordersPerSecond: Math.round(flow.flows / flow.seconds),
      p50Ms: round1(flow.p50Ms),
      p99Ms: round1(flow.p99Ms),
      batchOfOnePerSecond: Math.round(batchOfOne.flows / batchOfOne.seconds),
      doNothingPerSecond: Math.round((nothing.flows * 2) / nothing.seconds),
      rawStorePerSecond: Math.round(raw.flows / raw.seconds),
      shareOfDoNothing: Math.round((flow.flows / flow.seconds / (nothing.flows / nothing.seconds)) * 100) / 100,
      failed: flow.failed + batchOfOne.failed + nothing.failed,
    };
  } finally {
    store.remove();
  }
}

function round1(ms: number): number {
  return Math.round(ms * 10) / 10;
}

export interface BenchServer {
  port: number;
  process: ChildProcess;
  ask<T>(message: string): Promise<T>;
  stop(): Promise<void>;
}

export function startServer(env: NodeJS.ProcessEnv): Promise<BenchServer> {
  const child = fork(new URL('./bench-server.ts', import.meta.url), {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const next = <T>() => new Promise<T>((resolve) => child.once('message', (message) => resolve(message as T)));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    void next<{ port: number }>().then(({ port }) =>
      resolve({
        port,
        process: child,
        ask: (message) => {
          const answer = next<never>();
          child.send(message);
          return answer;
        },
        stop: () =>
          new Promise((done) => {
            child.once('exit', () => done());
            child.disconnect();
          }),
      }),
    );
  });
}

export async function load(port: number, job: Omit<LoadJob, 'port'>): Promise<LoadResult> {
  const result = await runScript<LoadResult>('./load.ts', { ...job, port }, process.env);
  if (result.failed > 0) process.stderr.write(`${result.failed} failed, for example:\n${result.failures.join('\n')}\n`);
  return result;
}

function rawStore(env: NodeJS.ProcessEnv, job: unknown): Promise<{ flows: number; seconds: number }> {
  return runScript('./raw-store.ts', job, env);
}

function runScript<T>(script: string, job: unknown, env: NodeJS.ProcessEnv): Promise<T> {
  const file = new URL(script, import.meta.url).pathname;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [file, JSON.stringify(job)], { env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${script}: ${stderr || error.message}`));
      else resolve(JSON.parse(stdout) as T);
    });
  });
}
