/**
 * `npm run bench [-- --store sqlite|mysql|galera] [--redis none|single|cluster] [--processes N] [--json] [--flows N]
 * [--connections N]`: the whole flow over HTTP, with its own baselines in the same run, so that a ratio holds on a noisy
 * machine where an absolute figure does not. Galera needs root: its nodes are hosts of their own.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startRedis } from '../test/kit/redis.ts';
import { startRedisCluster } from '../test/kit/redis-cluster.ts';
import { type StoreName, startDatabase, stores } from './databases.ts';
import { report } from './report.ts';
import { runScenario, type Scenario, type ScenarioResult } from './run-scenario.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    store: { type: 'string' },
    redis: { type: 'string', default: 'none' },
    processes: { type: 'string', default: '2' },
    flows: { type: 'string', default: '20000' },
    connections: { type: 'string', default: '256' },
  },
});

const chosen = values.store ? stores.filter((store) => store === values.store) : (['sqlite', 'mysql'] as const);
if (chosen.length === 0) throw new Error(`--store is one of ${stores.join(', ')}`);
const redis = await startChosenRedis(values.redis);
const oneFsyncMs = fsyncMs();
const results: ScenarioResult[] = [];
try {
  for (const store of chosen) results.push(...(await measureStore(store)));
} finally {
  await redis?.stop();
}

const run = {
  fsyncMs: oneFsyncMs,
  cores: availableParallelism(),
  redis: values.redis,
  connections: values.connections,
};
process.stdout.write(
  values.json ? `${JSON.stringify({ ...run, scenarios: results }, null, 2)}\n` : report(run, results),
);
process.exitCode = results.some((one) => one.failed > 0) ? 1 : 0;

async function measureStore(store: StoreName): Promise<ScenarioResult[]> {
  const database = await startDatabase(store);
  const common = {
    store,
    flows: Number(values.flows),
    connections: Number(values.connections),
    redisUrl: redis?.url,
  };
  // A file is sold from by one process; that is what the embedded store is for.
  const processes = store === 'sqlite' ? 1 : Number(values.processes);
  const scenarios: Scenario[] = [
    { ...common, name: 'one hot SKU', skus: 1, processes },
    { ...common, name: '1,000 SKUs', skus: 1000, processes: 1 },
  ];
  const found: ScenarioResult[] = [];
  try {
    for (const scenario of scenarios) {
      if (!values.json) process.stderr.write(`${store}, ${scenario.name} …\n`);
      found.push(await runScenario(scenario, database));
    }
  } finally {
    await database.stop();
  }
  return found;
}

async function startChosenRedis(kind: string): Promise<{ url: string; stop(): Promise<void> } | undefined> {
  if (kind === 'none') return undefined;
  if (kind === 'single') return startRedis();
  if (kind !== 'cluster') throw new Error('--redis is none, single or cluster');
  const { url, close } = await startRedisCluster();
  return { url, stop: close };
}

/** What one durable write costs on this disk: everything about group commit follows from it. */
function fsyncMs(): number {
  const dir = mkdtempSync(join(tmpdir(), 'cardwell-fsync-'));
  const file = openSync(join(dir, 'file'), 'w');
  const block = Buffer.alloc(4096);
  const from = performance.now();
  const writes = 200;
  for (let i = 0; i < writes; i++) {
    writeSync(file, block);
    fdatasyncSync(file);
  }
  const ms = (performance.now() - from) / writes;
  closeSync(file);
  rmSync(dir, { recursive: true });
  return Math.round(ms * 1000) / 1000;
}
