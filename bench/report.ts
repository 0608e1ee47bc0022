/** The results of a run as a person reads them. */
import type { Rate, ScenarioResult } from './run-scenario.ts';

export interface RunFacts {
  fsyncMs: number;
  cores: number;
  redis: string;
  connections: string;
}

export function report({ fsyncMs, cores, redis, connections }: RunFacts, results: readonly ScenarioResult[]): string {
  const head =
    `One fdatasync on this disk: ${fsyncMs} ms. ${cores} cores for generator, shop and database. ` +
    `${connections} connections. Redis: ${redis}. Two requests an order.\n\n`;
  return head + results.map((one) => `${one.store}, ${one.name}\n${linesOf(one, cores).join('\n')}\n\n`).join('');
}

function linesOf(one: ScenarioResult, cores: number): string[] {
  const { manyProcesses: many, handWrittenPerSecond: byHand } = one;
  const rate = one.ordersPerSecond;
  const times = (rate / one.batchOfOnePerSecond).toFixed(1);
  const lines = [
    `  orders/s             ${rateLine(one)}`,
    `  batches of one       ${one.batchOfOnePerSecond} orders/s: grouping is worth ${times} times`,
    `  doing nothing        ${one.doNothingPerSecond} requests/s: the flow makes ${rate * 2}, ${percent(one.shareOfDoNothing)}`,
    `  store without HTTP   ${one.rawStorePerSecond} orders/s`,
    `  failed requests      ${one.failed}`,
  ];
  if (byHand)
    lines.splice(4, 0, `  SQL by hand          ${byHand} orders/s: the whole flow makes ${percent(rate / byHand)}`);
  if (many)
    lines.splice(1, 0, `  ${many.processes} server processes   ${rateLine(many)}`, `    ${verdict(one, many, cores)}`);
  return lines;
}

function rateLine({ ordersPerSecond, p50Ms, p99Ms, cpuMicros, busyCores, meanBatch }: Rate): string {
  const { shop, database, generator } = cpuMicros;
  return (
    `${ordersPerSecond}   p50 ${p50Ms} ms, p99 ${p99Ms} ms, ${meanBatch} orders a batch\n` +
    `    CPU of an order    shop ${shop} µs, database ${database} µs, generator ${generator} µs: ${busyCores} cores busy`
  );
}

/** More processes help as long as there are cores for them: then the shop's share of the work is done side by side. */
function verdict(one: Rate, many: Rate & { processes: number }, cores: number): string {
  const total = ({ shop, database, generator }: Rate['cpuMicros']) => shop + database + generator;
  const ratio = percent(many.ordersPerSecond / one.ordersPerSecond);
  const most = Math.round((cores * 1_000_000) / total(many.cpuMicros));
  return (
    `${ratio} of one process: an order takes ${total(many.cpuMicros)} µs of CPU instead of ${total(one.cpuMicros)} µs, ` +
    `so ${cores} cores could make ${most} orders/s at most`
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
