/**
 * `npm run bench [-- --json] [--store sqlite|mysql] [--flows N] [--connections N]`: the whole flow over HTTP, with its
 * own baselines in the same run, so that a ratio holds on a noisy machine where an absolute figure does not.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sharedMariadb } from '../test/kit/mariadb.ts';
import { runScenario, type Scenario, type ScenarioResult } from './run-scenario.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    store: { type: 'string' },
    flows: { type: 'string', default: '20000' },
    connections: { type: 'string', default: '128' },
  },
});

const flows = Number(values.flows);
const connections = Number(values.connections);
const scenarios: Scenario[] = (['sqlite', 'mysql'] as const)
  .filter((store) => !values.store || values.store === store)
  .flatMap((store) => [
    { name: 'one hot SKU', store, skus: 1, flows, connections },
    { name: '1,000 SKUs', store, skus: 1000, flows, connections },
  ]);

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

const oneFsyncMs = fsyncMs();
const mariadb = scenarios.some((one) => one.store === 'mysql') ? await sharedMariadb() : undefined;
const results: ScenarioResult[] = [];
for (const scenario of scenarios) {
  if (!values.json) process.stderr.write(`${scenario.store}, ${scenario.name} …\n`);
  const url = scenario.store === 'mysql' ? await mariadb?.newDatabase() : undefined;
  results.push(await runScenario(scenario, url));
}

if (values.json)
  process.stdout.write(`${JSON.stringify({ fsyncMs: oneFsyncMs, connections, scenarios: results }, null, 2)}\n`);
else {
  process.stdout.write(
    `One fdatasync on this disk: ${oneFsyncMs} ms. ${connections} connections. Two requests an order.\n\n`,
  );
  for (const one of results) {
    process.stdout.write(`${one.store}, ${one.name}
  orders/s             ${one.ordersPerSecond}   p50 ${one.p50Ms} ms, p99 ${one.p99Ms} ms
  batches of one       ${one.batchOfOnePerSecond} orders/s: grouping is worth ${(one.ordersPerSecond / one.batchOfOnePerSecond).toFixed(1)} times
  doing nothing        ${one.doNothingPerSecond} requests/s: the flow makes ${one.ordersPerSecond * 2}, ${Math.round(one.shareOfDoNothing * 100)} %
  store without HTTP   ${one.rawStorePerSecond} orders/s
  failed requests      ${one.failed}\n\n`);
  }
}
process.exitCode = results.some((one) => one.failed > 0) ? 1 : 0;
