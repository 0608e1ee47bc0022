/**
 * A day of trade in a few minutes: buyers at every channel, networks that misbehave, have bad hours and recover, shop
 * processes killed on the way. Then everything heals, and the books must agree.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mischiefNames } from '../../gateways/mischief.ts';
import { gateways as definitions } from '../../gateways/registry.ts';
import { type RunningGateway, serveGateway } from '../../gateways/serve-gateway.ts';
import { readConfig } from '../../server/config.ts';
import { type Context, openContext } from '../../server/context.ts';
import { openChannelKeyring } from '../../server/payment/channel-keyring.ts';
import { openingDeps } from '../../server/payment/channels/registry.ts';
import { createChannel } from '../../server/payment/create-channel.ts';
import { requestRefund } from '../../server/payment/request-refund.ts';
import { runScan } from '../../server/reconcile/run-scans.ts';
import { callerOf } from '../../test/kit/http-call.ts';
import { flawsOf } from '../../test/kit/shop-audit.ts';
import type { ShopProcess } from '../../test/kit/shop-process.ts';
import { newTestShop, type TestShop } from '../../test/kit/test-shop.ts';
import { bookDifferences, totals } from './soak-books.ts';
import { type Bought, buy } from './soak-buyer.ts';
import { planDay, type SoakOptions } from './soak-plan.ts';
import { makeTrouble } from './soak-trouble.ts';

export interface SoakReport {
  ok: boolean;
  seed: number;
  counts: Record<string, number>;
  kills: number;
  networks: ReturnType<typeof totals>;
  differences: string[];
  flaws: string[];
  seconds: number;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const buyersAtOnce = 24;
const healWithinMs = 60_000;

export async function runSoak(options: SoakOptions, say: (text: string) => void): Promise<SoakReport> {
  const from = performance.now();
  const keys = mkdtempSync(join(tmpdir(), 'cardwell-soak-'));
  const keyFile = join(keys, 'channel.key');
  openChannelKeyring({ path: keyFile, strict: false, create: true });
  const shop = await newTestShop(options.store, { CARDWELL_CHANNEL_KEY_FILE: keyFile, CARDWELL_SAMPLE_DATA: 'off' });
  const context = await lookInto(shop);
  const running: RunningGateway[] = [];
  const counts = { ordered: 0, notOrdered: 0, notBegun: 0, paid: 0, payRefused: 0, refunds: 0, refundsThere: 0 };
  let kills = 0;
  try {
    const processes = await Promise.all(
      Array.from({ length: options.store === 'mysql' ? 2 : 1 }, () => shop.newProcess({ LOG_LEVEL: 'fatal' })),
    );
    for (const one of processes) await one.start();
    const up = new Set(processes);
    const codes = await openMarket(context, running, options, processes);
    const skus = await stock(shop, context, codes, options.orders);
    const plan = planDay(options, running.length);
    say(`seed ${options.seed}: ${plan.length} orders over ${running.length} networks in ${options.seconds} s`);
    const started = performance.now();
    const stopTrouble = makeTrouble(options, running, processes, up, () => kills++);
    let turn = 0;
    const callers = new Map(processes.map((one) => [one, callerOf(one.origin)]));
    const nextShop = () => {
      const able = [...up];
      return callers.get(able[turn++ % Math.max(1, able.length)] ?? (processes[0] as ShopProcess)) as ReturnType<
        typeof callerOf
      >;
    };
    const bought: Bought[] = [];
    let at = 0;
    const buyers = Array.from({ length: buyersAtOnce }, async () => {
      for (let n = at++; n < plan.length; n = at++) {
        const planned = plan[n] as (typeof plan)[number];
        await sleep(Math.max(0, planned.atMs - (performance.now() - started)));
        const market = {
          shop: nextShop,
          gateway: running[planned.channel] as RunningGateway,
          code: codes[planned.channel] as string,
          skuId: skus[planned.channel] as number,
          counts,
        };
        const one = await buy(market, planned, `soak-${options.seed}-${n}`);
        if (one) bought.push(one);
        if (n % 1000 === 999) say(`${n + 1} orders`);
      }
    });
    await Promise.all(buyers);
    await stopTrouble();
    for (const gateway of running) gateway.mischief.behave();
    say('the day is over; everything heals');
    await giveBack(context, bought, counts);
    const differences = await heal(context, shop, running, say);
    await Promise.all(processes.map((one) => one.stop()));
    const journalFolders = shop.dataDirs.map((dir) => join(dir, 'issue-journal'));
    const flaws = await flawsOf({ ...context, journalFolders });
    const ok = differences.length === 0 && flaws.length === 0;
    const seconds = Math.round((performance.now() - from) / 1000);
    return { ok, seed: options.seed, counts, kills, networks: totals(running), differences, flaws, seconds };
  } finally {
    await Promise.all(running.map((gateway) => gateway.close()));
    await context.close();
    await shop.close();
    rmSync(keys, { recursive: true, force: true });
  }
}

/** The driver's own view of the shop: sets it up, refunds, runs scans when all is over. */
async function lookInto(shop: TestShop): Promise<Context> {
  const dataDir = join(shop.dataDirs[0] as string, '..', 'driver');
  mkdirSync(dataDir, { recursive: true });
  (shop.dataDirs as string[]).push(dataDir);
  return openContext(readConfig({ ...shop.env, CARDWELL_DATA_DIR: dataDir, LOG_LEVEL: 'silent' }), ['admin']);
}

async function openMarket(
  context: Context,
  running: RunningGateway[],
  { seed, mischiefRate }: SoakOptions,
  processes: readonly ShopProcess[],
): Promise<string[]> {
  const { database, clock, nudges, channelKeyring: keyring } = context;
  if (!keyring) throw new Error('the channel key is missing');
  const codes: string[] = [];
  for (const [at, definition] of definitions.entries()) {
    // Hours of the networks' schedules are seconds, and a `slow` answer is one that the shop still waits for.
    const gateway = await serveGateway(definition, { speedUp: 2000, slowMs: 3_000_000, seed: seed + at });
    const code = definition.kind;
    gateway.webhookUrl = `${processes[0]?.origin}/api/v1/callbacks/${code}`;
    const deps = { database, clock, nudges, keyring, opening: openingDeps(context) };
    const outcome = await createChannel(deps, { code, kind: code, settings: gateway.wire.settings, actor: 'soak' });
    if (outcome.kind !== 'created') throw new Error(`${code}: ${JSON.stringify(outcome)}`);
    for (const name of mischiefNames)
      gateway.mischief.rate(name, name === 'rotated' ? mischiefRate / 50 : mischiefRate);
    // A request that nobody answers holds the shop's side for 8 s: one in a hundred is bad weather enough.
    gateway.mischief.rate('time-out', mischiefRate / 5);
    running.push(gateway);
    codes.push(code);
  }
  await context.channels.refresh();
  // The shops look every few seconds.
  await sleep(3500);
  return codes;
}

async function stock(shop: TestShop, context: Context, codes: readonly string[], orders: number): Promise<number[]> {
  const skus: number[] = [];
  for (const code of codes) {
    const takes = context.channels.get(code)?.currencies ?? [];
    const currency = takes.includes('CNY') ? 'CNY' : takes[0];
    skus.push(await shop.newSku({ cards: Math.ceil((orders / codes.length) * 2.5) + 50, priceMinor: 1999, currency }));
  }
  return skus;
}

async function giveBack(
  context: Context,
  bought: readonly Bought[],
  counts: { refunds: number; refundsThere: number },
) {
  for (const { orderId, outTradeNo, gateway, planned } of bought) {
    const trade = gateway.books.find(outTradeNo);
    if (trade?.status !== 'paid') continue;
    if (planned.behaviour === 'pays-then-refunded') {
      const asked = await requestRefund(context, {
        orderId,
        amountMinor: undefined,
        mode: 'channel',
        reason: 'soak',
        actor: 'soak',
      });
      if (asked.kind === 'requested') counts.refunds++;
    }
    if (planned.behaviour === 'pays-then-refunded-there' && gateway.definition.has.refundMessage) {
      await gateway.refundByHand(outTradeNo, Math.min(500, trade.paidMinor));
      counts.refundsThere++;
    }
  }
}

/** The worker of the shop does the work; only its waiting is cut short. */
async function heal(context: Context, shop: TestShop, running: readonly RunningGateway[], say: (text: string) => void) {
  const until = performance.now() + healWithinMs;
  let differences: string[] = [];
  let last = -1;
  const world = {
    ...context,
    settle: context.settle,
    journalFolder: join(shop.dataDirs.at(-1) as string, 'issue-journal'),
  };
  for (;;) {
    await context.database.transact('soak.due', async (tx) => {
      await tx.updateTable('payments').set({ next_query_at: 1 }).where('next_query_at', 'is not', null).execute();
      await tx
        .updateTable('outbox')
        .set({ next_at: 1 })
        .where('status', '=', 'pending')
        .where('next_at', '>', 1)
        .execute();
      await tx.updateTable('orders').set({ expires_at: 1 }).where('status', '=', 'pending').execute();
    });
    await Promise.all(running.map((gateway) => gateway.settled()));
    await runScan(world, 'query-payments').catch(() => undefined);
    await runScan(world, 'missed-messages').catch(() => undefined);
    await sleep(1000);
    differences = await bookDifferences(context.database, running);
    const waiting = await context.database.read
      .selectFrom('orders')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('status', '=', 'pending')
      .executeTakeFirst();
    const open = differences.length + Number(waiting?.n ?? 0);
    if (open !== last) say(`${differences.length} differences, ${waiting?.n} orders open`);
    last = open;
    if (open === 0 || performance.now() > until) return differences;
  }
}
