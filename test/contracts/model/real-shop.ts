/** The shop itself, as the steps drive it: the real operations on a real database. */
import assert from 'node:assert/strict';
import { countByStatus } from '../../../server/card/stock-store.ts';
import { draftOrder } from '../../../server/order/draft-order.ts';
import { readOrders } from '../../../server/order/order-store.ts';
import { type PlaceOutcome, placeOrders } from '../../../server/order/place-orders.ts';
import type { SettleDeps } from '../../../server/payment/settle-payments.ts';
import type { Database } from '../../../server/platform/db/database.ts';
import type { WorldOfScans } from '../../../server/reconcile/run-scans.ts';
import { createDemandMeter } from '../../../server/risk/reservation.ts';
import { region } from '../../kit/card-shelf.ts';
import type { MovingClock } from '../../kit/moving-clock.ts';
import type { TradingShop } from '../../kit/trading-shop.ts';
import type { ShopModel } from './shop-model.ts';

export interface RealShop {
  database: Database;
  clock: MovingClock;
  deps: WorldOfScans & SettleDeps;
  skuIds: readonly number[];
  /** By Idempotency-Key. */
  placed: Map<string, { id: string; wants: readonly number[] }>;
  addCards(sku: number, count: number): Promise<void>;
  place(key: string, wants: readonly number[]): Promise<PlaceOutcome>;
}

let runs = 0;

/** New goods on the same database for each run: what ran before must not matter, and is still checked at the end. */
export async function realShop(shop: TradingShop): Promise<RealShop> {
  const { database, clock, world } = shop;
  const run = ++runs;
  const skuIds = [await shop.stockedSku(0), await shop.stockedSku(0)];
  let cards = 0;
  return {
    database,
    clock,
    skuIds,
    deps: { ...world, region, mailEnabled: false },
    placed: new Map(),
    async addCards(sku, count) {
      const lines = Array.from({ length: count }, () => `R${run}-${++cards}\n`);
      const outcome = await shop.importText(skuIds[sku] as number, lines.join(''));
      assert.ok(outcome.kind === 'imported' && outcome.report.imported === count);
    },
    async place(key, wants) {
      const lines = wants.flatMap((quantity, i) => (quantity > 0 ? [{ skuId: skuIds[i] as number, quantity }] : []));
      const draft = await draftOrder(
        { clock, region },
        {
          body: { lines, contact: `buyer-${run}` },
          idempotencyKey: `run-${run}-${key}-long-enough`,
          clientAddress: '10.0.0.1',
          deviceId: undefined,
          userId: null,
        },
      );
      const demand = createDemandMeter(clock.now);
      const [outcome] = await placeOrders({ database, clock, nudges: { send() {} }, region, limits: false, demand }, [
        draft,
      ]);
      return outcome ?? assert.fail('no outcome');
    },
  };
}

/** Statuses, stock and money. */
export async function sameAs(model: ShopModel, shop: RealShop): Promise<void> {
  const orders = await readOrders(
    shop.database.read,
    model.orders.map(({ id }) => id),
  );
  const real = model.orders.map(({ id }) => {
    const { status, receivedMinor, refundedMinor } = orders.get(id) ?? assert.fail(`${id} is lost`);
    return { id, status, receivedMinor, refundedMinor };
  });
  const expected = model.orders.map(({ id, status, receivedMinor, refundedMinor }) => ({
    id,
    status,
    receivedMinor,
    refundedMinor,
  }));
  assert.deepEqual(real, expected);
  const stock = await countByStatus(shop.database.read, shop.skuIds);
  const counted = shop.skuIds.map((skuId) => {
    const {
      available = 0,
      locked = 0,
      sold = 0,
      withdrawn = 0,
    } = stock.find((one) => one.skuId === skuId)?.counts ?? {};
    return { available, locked, sold, withdrawn };
  });
  assert.deepEqual(counted, model.shelves);
}
