/** A shop with a past: delivered orders of former buyers, with their lines, payments, evidence and issued cards. */
import { cardStatus } from '../contract/states.ts';
import { paymentId } from '../server/payment/payment.ts';
import type { Clock } from '../server/platform/clock.ts';
import { insertRows } from '../server/platform/db/bulk.ts';
import type { Database, Tx } from '../server/platform/db/database.ts';
import { orderId, randomToken, sha256 } from '../server/platform/ids.ts';

const ordersATime = 1000;
const dayMs = 86_400_000;

/** Each old order takes one card of `skuId`, the lowest first. */
export async function seedOldOrders(
  deps: { database: Database; clock: Clock; region: string },
  options: { skuId: number; orders: number; onProgress(done: number): void },
): Promise<void> {
  const { database, clock, region } = deps;
  for (let from = 0; from < options.orders; from += ordersATime) {
    const count = Math.min(ordersATime, options.orders - from);
    await database.transact('bench.old-orders', async (tx) => {
      const cards = await tx
        .selectFrom('card_keys')
        .select('id')
        .where('sku_id', '=', options.skuId)
        .where('region', '=', region)
        .where('status', '=', cardStatus.available)
        .orderBy('id')
        .limit(count)
        .execute();
      const age = 400 * dayMs - Math.floor((from / options.orders) * 399 * dayMs);
      const orders = cards.map((card, i) => ({
        cardId: card.id,
        n: from + i,
        at: clock.now() - age + i,
        id: orderId(region, clock.now() - age + i),
      }));
      await insertPast(tx, orders, { skuId: options.skuId, region });
    });
    options.onProgress(from + count);
  }
}

interface PastOrder {
  n: number;
  at: number;
  id: string;
}
interface Past extends PastOrder {
  cardId: number;
}

async function insertPast(tx: Tx, orders: readonly Past[], of: { skuId: number; region: string }): Promise<void> {
  await insertPastTrade(tx, orders, of);
  await insertPastIssues(tx, orders, of);
}

/** Orders with lines, payments and evidence, without cards. */
export async function insertPastTrade(
  tx: Tx,
  orders: readonly PastOrder[],
  { skuId, region }: { skuId: number; region: string },
): Promise<void> {
  await insertRows(
    tx,
    'orders',
    orders.map(({ id, n, at }) => ({
      id,
      region,
      status: 'delivered',
      currency: 'CNY',
      total_minor: 100,
      received_minor: 100,
      contact: `old${n % 200_000}@bench.invalid`,
      contact_key: `old${n % 200_000}@bench.invalid`,
      token_hash: sha256(id),
      token_salt: randomToken(),
      idempotency_hash: sha256(`old${id}`),
      request_hash: sha256(`r${id}`),
      client_key: sha256(`10.0.${n % 250}.${n % 199}`),
      expires_at: at + 600_000,
      created_at: at,
      paid_at: at + 1000,
      delivered_at: at + 1000,
    })),
  );
  await insertRows(
    tx,
    'order_lines',
    orders.map(({ id }) => ({
      order_id: id,
      line_no: 1,
      sku_id: skuId,
      product_id: 1,
      product_name: 'Bench',
      sku_name: 'SKU',
      delivery: 'cards',
      quantity: 1,
      unit_price_minor: 100,
      amount_minor: 100,
    })),
  );
  await insertRows(
    tx,
    'payments',
    orders.map(({ id, at }) => ({
      id: paymentId(id, 1),
      order_id: id,
      attempt_no: 1,
      channel: 'sandbox',
      status: 'succeeded',
      amount_minor: 100,
      currency: 'CNY',
      received_minor: 100,
      trade_no: `OLD${id}`,
      created_at: at,
      updated_at: at + 1000,
      succeeded_at: at + 1000,
    })),
  );
  await insertRows(
    tx,
    'payment_evidence',
    orders.map(({ id, at }) => ({
      channel: 'sandbox',
      trade_no: `OLD${id}`,
      payment_id: paymentId(id, 1),
      order_id: id,
      amount_minor: 100,
      currency: 'CNY',
      merchant: 'sandbox',
      source: 'callback',
      outcome: 'settled',
      raw: '{}',
      received_at: at + 1000,
    })),
  );
}

async function insertPastIssues(tx: Tx, orders: readonly Past[], { skuId }: { skuId: number }): Promise<void> {
  await insertRows(
    tx,
    'card_issues',
    orders.map(({ id, cardId, at }) => ({
      card_id: cardId,
      order_id: id,
      line_no: 1,
      sku_id: skuId,
      issued_at: at + 1000,
    })),
  );
  for (const { id, cardId, at } of orders) {
    await tx
      .updateTable('card_keys')
      .set({ status: cardStatus.sold, order_id: id, sale_time: at + 1000 })
      .where('id', '=', cardId)
      .execute();
  }
}
