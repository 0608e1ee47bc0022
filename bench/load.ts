/**
 * The load generator, a process of its own. Reads one JSON job from its arguments, prints one JSON result.
 *   flow: place an order (payment begun in the same call), then the signed callback that delivers it
 *   nothing: the same bytes to routes of the same shape that do nothing
 */
import { createHmac } from 'node:crypto';
import { HttpConnection } from './http-client.ts';

export interface LoadJob {
  kind: 'flow' | 'nothing';
  ports: number[];
  secret: string;
  skuIds: number[];
  connections: number;
  /** Flows to make; a flow is two requests. */
  flows: number;
  /** Stops earlier when this is over. */
  maxMs: number;
}

export interface LoadResult {
  flows: number;
  failed: number;
  /** The first few answers that were not what they should be. */
  failures: string[];
  seconds: number;
  p50Ms: number;
  p99Ms: number;
  /** CPU time of this process. */
  cpuMs: number;
}

const job = JSON.parse(process.argv[2] as string) as LoadJob;
const json = 'content-type: application/json\r\n';
const latencies: number[] = [];
const failures: string[] = [];
let started = 0;
let failed = 0;

function sign(body: string): string {
  return createHmac('sha256', job.secret).update(body).digest('hex');
}

function orderBody(n: number): string {
  const skuId = job.skuIds[n % job.skuIds.length];
  return `{"lines":[{"skuId":${skuId},"quantity":1}],"contact":"buyer${n % 50_000}@bench.invalid","channel":"sandbox"}`;
}

function callbackBody(outTradeNo: string, n: number, amountMinor: number): string {
  return `{"outTradeNo":"${outTradeNo}","tradeNo":"B${process.pid}T${n}","amountMinor":${amountMinor},"currency":"CNY","status":"paid","timestamp":${Date.now()}}`;
}

async function flow(connection: HttpConnection, n: number): Promise<void> {
  const key = `idempotency-key: bench-${process.pid}-${n}-0123456789\r\n`;
  const path = job.kind === 'flow' ? '/api/v1/orders' : '/bench/nothing/order';
  const placed = await connection.request('POST', path, json + key, orderBody(n));
  const outTradeNo = /"outTradeNo":"(\w+)"/.exec(placed.body)?.[1];
  if (placed.status !== 201 || !outTradeNo) return fail(`${placed.status} ${placed.body}`);
  const amount = Number(/"amountMinor":(\d+)/.exec(placed.body)?.[1] ?? 100);
  const body = callbackBody(outTradeNo, n, amount);
  const paid = await connection.request(
    'POST',
    job.kind === 'flow' ? '/api/v1/callbacks/sandbox' : '/bench/nothing/callback',
    `${json}x-sandbox-signature: ${sign(body)}\r\n`,
    body,
  );
  if (paid.body !== 'success') fail(`${paid.status} ${paid.body}`);
}

function fail(what: string): void {
  failed++;
  if (failures.length < 5) failures.push(what.slice(0, 300));
}

async function buyer(port: number, endAt: number): Promise<void> {
  const connection = new HttpConnection(port);
  while (started < job.flows && performance.now() < endAt) {
    const n = started++;
    const from = performance.now();
    await flow(connection, n);
    latencies.push(performance.now() - from);
  }
  connection.close();
}

const cpuBefore = process.cpuUsage();
const from = performance.now();
await Promise.all(
  Array.from({ length: job.connections }, (_, i) => buyer(job.ports[i % job.ports.length] as number, from + job.maxMs)),
);
const seconds = (performance.now() - from) / 1000;
const cpu = process.cpuUsage(cpuBefore);
latencies.sort((a, b) => a - b);
const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
const result: LoadResult = {
  flows: latencies.length - failed,
  failed,
  failures,
  seconds,
  p50Ms: at(0.5),
  p99Ms: at(0.99),
  cpuMs: (cpu.user + cpu.system) / 1000,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
