/** A shop of real processes under a steady load of buyers, to which something happens; then its promises are checked. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { flawsOf } from '../../kit/shop-audit.ts';
import type { ShopProcess } from '../../kit/shop-process.ts';
import { newTestShop, type TestShop } from '../../kit/test-shop.ts';
import { startWorkload, type Workload } from '../../kit/workload.ts';
import { brokenPromises, inWords, type Summary, summaryOf } from '../../kit/workload-judge.ts';

export interface StormOptions {
  /** Environment of each server process. */
  processes: readonly Record<string, string>[];
  databaseUrl: string;
  /** Worker processes beside them; without any, each process has a worker inside. */
  workers?: number;
  cardsPerSku?: number;
  skus?: number;
}

export interface SaleOptions {
  ordersPerS?: number;
  /** Called when all buyers are done, before the books are looked at. */
  settled?: () => Promise<unknown>;
}

export interface StormyShop {
  readonly shop: TestShop;
  readonly processes: readonly ShopProcess[];
  readonly workers: readonly ShopProcess[];
  /** Buyers come, `storm` happens, buyers still come for a while. Every promise must be kept in the end. */
  sellThrough(name: string, storm: () => Promise<void>, options?: SaleOptions): Promise<Summary>;
  close(): Promise<void>;
}

/** What two cores do beside three databases while other tests run too; the rate reached is printed. */
const usualOrdersPerS = 100;
const calmMs = 1000;
let storms = 0;

export async function newStormyShop(options: StormOptions): Promise<StormyShop> {
  const { databaseUrl, cardsPerSku = 5000, skus = 2, workers: workersBeside = 0 } = options;
  const shop = await newTestShop('mysql', { DATABASE_URL: databaseUrl, LOG_LEVEL: 'error' });
  const skuIds: number[] = [];
  for (let i = 0; i < skus; i++) skuIds.push(await shop.newSku({ cards: cardsPerSku }));
  const front = workersBeside > 0 ? ['order', 'card', 'payment'] : undefined;
  const processes = await Promise.all(options.processes.map((env) => shop.newProcess(env, front)));
  const workers: ShopProcess[] = [];
  for (let i = 0; i < workersBeside; i++) workers.push(await shop.newProcess({}, ['worker']));
  await Promise.all([...processes, ...workers].map((one) => one.start()));
  const histories: Workload['history'][] = [];

  return {
    shop,
    processes,
    workers,
    async sellThrough(name, storm, { ordersPerS = usualOrdersPerS, settled } = {}) {
      const seed = process.pid * 100 + storms++;
      const origins = processes.map(({ origin }) => origin);
      const workload = startWorkload({ origins, skuIds, ordersPerS, seed });
      histories.push(workload.history);
      let summary: Summary;
      try {
        await sleep(calmMs);
        await storm();
        await sleep(calmMs);
      } finally {
        await workload.stop();
        summary = summaryOf(workload.history);
      }
      await workload.finish();
      await settled?.();
      await assertKept(shop, histories, `${inWords(name, summary)}`);
      return summary;
    },
    close: () => shop.close(),
  };
}

/** Over all that was sold since the shop opened: an old order must not suffer from a new fault. */
async function assertKept(shop: TestShop, histories: readonly Workload['history'][], name: string): Promise<void> {
  const all = { seed: 0, flows: histories.flatMap(({ flows }) => flows), operations: [] };
  assert.deepEqual(await brokenPromises(all, shop.context.database.read), [], name);
  const journalFolders = shop.dataDirs.map((dir) => join(dir, 'issue-journal'));
  assert.deepEqual(await flawsOf({ ...shop.context, journalFolders }), [], name);
}

/** No buyer was told no, or nothing. */
export function assertUntroubled(summary: Summary): void {
  assert.deepEqual(summary.troubles, {}, summary.firstTroubles.join('\n'));
}
