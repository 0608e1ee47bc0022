/** The figures of the overview. Orders and payments of a range are read by their numbers, which sort by time. */
import { sql } from 'kysely';
import type { IdRange } from '../../order/order-id-range.ts';
import { isMysql } from '../../platform/db/bulk.ts';
import type { Db } from '../../platform/db/database.ts';
import type { Span } from './kept-days.ts';

export interface OrderCell {
  /** Where its bucket begins. */
  at: number;
  currency: string;
  placed: number;
  paid: number;
  delivered: number;
  receivedMinor: number;
  refundedMinor: number;
}

/** Orders placed in the span, by bucket and currency. */
export async function orderCells(db: Db, range: IdRange, { from, to, stepMs }: Span): Promise<OrderCell[]> {
  const rows = await db
    .selectFrom('orders')
    .select(({ fn, eb }) => [
      bucketOf(db, from, stepMs).as('bucket'),
      'currency',
      fn.countAll().as('placed'),
      fn.count('paid_at').as('paid'),
      fn.count('delivered_at').as('delivered'),
      fn.sum(eb.ref('received_minor')).as('received'),
      fn.sum(eb.ref('refunded_minor')).as('refunded'),
    ])
    .where('id', '>=', range.from)
    .where('id', '<', range.to)
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .groupBy(['bucket', 'currency'])
    .execute();
  return rows.map((row) => ({
    at: from + Number(row.bucket) * stepMs,
    currency: row.currency,
    placed: Number(row.placed),
    paid: Number(row.paid),
    delivered: Number(row.delivered),
    receivedMinor: Number(row.received),
    refundedMinor: Number(row.refunded),
  }));
}

/** Of the time a row was made; written out, so that grouping by it is grouping by what is selected. */
function bucketOf(db: Db, from: number, stepMs: number) {
  const since = sql`(created_at - ${sql.lit(from)})`;
  return isMysql(db) ? sql<number>`${since} DIV ${sql.lit(stepMs)}` : sql<number>`${since} / ${sql.lit(stepMs)}`;
}

export interface ChannelCell {
  at: number;
  channel: string;
  attempts: number;
  succeeded: number;
}

/** Payments begun in the span, by channel. */
export async function channelCells(db: Db, range: IdRange, { from, to, stepMs }: Span): Promise<ChannelCell[]> {
  const rows = await db
    .selectFrom('payments')
    .select(({ fn }) => [
      bucketOf(db, from, stepMs).as('bucket'),
      'channel',
      fn.countAll().as('attempts'),
      fn.count('succeeded_at').as('succeeded'),
    ])
    .where('id', '>=', range.from)
    .where('id', '<', range.to)
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .groupBy(['bucket', 'channel'])
    .execute();
  return rows.map((row) => ({
    at: from + Number(row.bucket) * stepMs,
    channel: row.channel,
    attempts: Number(row.attempts),
    succeeded: Number(row.succeeded),
  }));
}

/** Milliseconds from payment (as the channel tells it, else as we heard of it) to the whole order handed over. */
export async function issueWaits(db: Db, { from, to }: Omit<Span, 'stepMs'>, limit: number): Promise<number[]> {
  const newest = db
    .selectFrom('payment_evidence')
    .select(['order_id', 'paid_at', 'received_at'])
    .where('received_at', '>=', from)
    .where('received_at', '<', to)
    .where('outcome', '=', 'settled')
    .orderBy('received_at', 'desc')
    .limit(limit)
    .as('newest');
  const rows = await db
    .selectFrom(newest)
    .innerJoin('orders', 'orders.id', 'newest.order_id')
    .select(['newest.paid_at', 'newest.received_at', 'orders.delivered_at'])
    .where('orders.delivered_at', 'is not', null)
    .execute();
  return rows.map((row) => Math.max(0, Number(row.delivered_at) - (row.paid_at ?? row.received_at)));
}

export async function openCasesByKind(db: Db): Promise<{ kind: string; open: number }[]> {
  const rows = await db
    .selectFrom('review_cases')
    .select(({ fn }) => ['kind', fn.countAll().as('open')])
    .where('status', '=', 'open')
    .groupBy('kind')
    .orderBy('kind')
    .execute();
  return rows.map((row) => ({ kind: row.kind, open: Number(row.open) }));
}

export async function dueMessages(db: Db, nowMs: number): Promise<{ due: number; oldestDueAt: number | null }> {
  const row = await db
    .selectFrom('outbox')
    .select(({ fn }) => [fn.countAll().as('due'), fn.min('next_at').as('oldest')])
    .where('status', '=', 'pending')
    .where('next_at', '<=', nowMs)
    .executeTakeFirstOrThrow();
  return { due: Number(row.due), oldestDueAt: row.oldest === null ? null : Number(row.oldest) };
}

export interface WatchedSku {
  skuId: number;
  productId: number;
  productName: string;
  skuName: string;
  lowStockAt: number;
}

/** What is on sale and issued from stock. */
export async function watchedSkus(db: Db, limit: number): Promise<WatchedSku[]> {
  const rows = await db
    .selectFrom('skus')
    .innerJoin('products', 'products.id', 'skus.product_id')
    .select(['skus.id', 'skus.product_id', 'products.name as product_name', 'skus.name', 'skus.low_stock_at'])
    .where('skus.status', '=', 'active')
    .where('products.status', '=', 'active')
    .where('skus.delivery', '=', 'cards')
    .orderBy('skus.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    skuId: row.id,
    productId: row.product_id,
    productName: row.product_name,
    skuName: row.name,
    lowStockAt: row.low_stock_at,
  }));
}
