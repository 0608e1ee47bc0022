/**
 * npm run bench:callbacks: how many callbacks of each channel a shop takes in, signature checks included, what one costs in
 * CPU, and how long the event loop of the shop stands still at most while they come at 1,000 a second.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { PaymentView } from '../contract/shop.ts';
import type { GatewayTrade } from '../gateways/books.ts';
import type { OutgoingMessage } from '../gateways/gateway.ts';
import { follow } from '../gateways/payer.ts';
import { gateways } from '../gateways/registry.ts';
import { type RunningGateway, serveGateway } from '../gateways/serve-gateway.ts';
import { readConfig } from '../server/config.ts';
import { openContext } from '../server/context.ts';
import { openChannelKeyring } from '../server/payment/channel-keyring.ts';
import { openingDeps } from '../server/payment/channels/registry.ts';
import { createChannel } from '../server/payment/create-channel.ts';
import { type Caller, callerOf } from '../test/kit/http-call.ts';
import { newTestShop } from '../test/kit/test-shop.ts';

const { values } = parseArgs({
  options: {
    callbacks: { type: 'string', default: '2000' },
    rate: { type: 'string', default: '1000' },
    store: { type: 'string', default: 'sqlite' },
    channel: { type: 'string' },
  },
});
const count = Number(values.callbacks);
const perSecond = Number(values.rate);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const folder = mkdtempSync(join(tmpdir(), 'cardwell-bench-callbacks-'));
const keyFile = join(folder, 'channel.key');
openChannelKeyring({ path: keyFile, strict: false, create: true });
const shop = await newTestShop(values.store === 'mysql' ? 'mysql' : 'sqlite', { CARDWELL_CHANNEL_KEY_FILE: keyFile });
const context = await openContext(
  readConfig({ ...shop.env, CARDWELL_DATA_DIR: join(folder, 'driver'), LOG_LEVEL: 'silent' }),
  ['admin'],
);
const server = await shop.newProcess({ LOG_LEVEL: 'error' }, ['order', 'card', 'payment']);
await server.start();
const call = callerOf(server.origin, 128);
const rows = [];
for (const definition of gateways.filter(({ kind }) => !values.channel || kind === values.channel)) {
  const gateway = await serveGateway(definition, { speedUp: 1 });
  const messages = await prepare(gateway);
  await eventLoopLagMs();
  const paced = await send(messages.slice(0, count / 2), perSecond);
  const lagMs = await eventLoopLagMs();
  const flat = await send(messages.slice(count / 2), Number.POSITIVE_INFINITY);
  rows.push({
    channel: definition.kind,
    'callbacks/s': Math.round(flat.count / flat.seconds),
    'CPU ms each': Number(((flat.cpuSeconds / flat.count) * 1000).toFixed(2)),
    [`longest block at ${perSecond}/s, ms`]: Number(lagMs.toFixed(1)),
    'reached /s': Math.round(paced.count / paced.seconds),
    refused: paced.refused + flat.refused,
  });
  await gateway.close();
}
console.table(rows);
await context.close();
await shop.close();
rmSync(folder, { recursive: true });
setTimeout(() => process.exit(), 1000).unref();

/** Orders, each begun at the network and paid there; the messages about it are kept back. */
async function prepare(gateway: RunningGateway): Promise<OutgoingMessage[]> {
  const { database, clock, nudges, channelKeyring: keyring } = context;
  if (!keyring) throw new Error('the channel key is missing');
  const code = gateway.definition.kind;
  gateway.webhookUrl = `${server.origin}/api/v1/callbacks/${code}`;
  const deps = { database, clock, nudges, keyring, opening: openingDeps(context) };
  await createChannel(deps, { code, kind: code, settings: gateway.wire.settings, actor: 'bench' });
  await context.channels.refresh();
  const takes = context.channels.get(code)?.currencies ?? [];
  const currency = takes.includes('CNY') ? 'CNY' : takes[0];
  const skuId = await shop.newSku({ cards: count, priceMinor: 1999, currency });
  const messages: OutgoingMessage[] = [];
  await inParallel(count, 16, async () => {
    const trade = await begin(gateway, code, skuId);
    gateway.books.pay(trade);
    const message = await gateway.wire.message({ kind: 'paid', trade });
    if (message) messages.push(message);
  });
  return messages;
}

async function begin(gateway: RunningGateway, channel: string, skuId: number): Promise<GatewayTrade> {
  const body = { lines: [{ skuId, quantity: 1 }], contact: 'bench@example.com' };
  const placed = JSON.parse((await call({ method: 'POST', path: '/api/v1/orders', body })).text);
  const headers = { authorization: `Bearer ${placed.accessToken}` };
  const path = `/api/v1/orders/${placed.order.id}/payments`;
  const begun = await call({ method: 'POST', path, headers, body: { channel } });
  if (begun.status !== 201) throw new Error(begun.text);
  const { payment } = JSON.parse(begun.text) as { payment: PaymentView };
  await follow(payment.action);
  return gateway.books.find(payment.outTradeNo) as GatewayTrade;
}

async function send(messages: readonly OutgoingMessage[], rate: number) {
  const cpuBefore = cpuSecondsOf(server.pid);
  const from = performance.now();
  let refused = 0;
  let at = 0;
  await inParallel(messages.length, 64, async () => {
    const n = at++;
    await sleep(Math.max(0, (n / rate) * 1000 - (performance.now() - from)));
    if (!(await deliver(call, messages[n] as OutgoingMessage))) refused++;
  });
  const seconds = (performance.now() - from) / 1000;
  return { count: messages.length, seconds, refused, cpuSeconds: cpuSecondsOf(server.pid) - cpuBefore };
}

async function deliver(caller: Caller, { method, url, headers, body }: OutgoingMessage): Promise<boolean> {
  const { pathname, search } = new URL(url);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await caller({ method, path: pathname + search, headers: headers ?? (body ? form : {}), body });
  return answer.status >= 200 && answer.status < 300;
}

async function inParallel(total: number, lanes: number, work: () => Promise<void>): Promise<void> {
  let left = total;
  const lane = async () => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** The longest since the last question. */
async function eventLoopLagMs(): Promise<number> {
  const { text } = await call({ path: '/metrics' });
  return Number(/^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(text)?.[1] ?? Number.NaN) * 1000;
}

function cpuSecondsOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
