/** Orders and their lines. */
import type { Insertable } from 'kysely';
import type { DeliveryMode, OrderStatus } from '../../contract/states.ts';
import { insertRows, isMysql, selectIn, updateRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { OrderLinesTable, OrdersTable } from '../platform/db/tables.ts';
import type { Order } from './order.ts';

export type NewOrderRow = Insertable<OrdersTable>;
export type NewLineRow = Insertable<OrderLinesTable>;

interface OrderRow {
  id: string;
  region: string;
  status: OrderStatus;
  currency: string;
  total_minor: number;
  discount_minor: number;
  coupon_id: number | null;
  received_minor: number;
  refunded_minor: number;
  contact: string;
  lang: string;
  user_id: number | null;
  risk_score: number;
  expires_at: number;
  created_at: number;
  paid_at: number | null;
  delivered_at: number | null;
  version: number;
}

interface LineRow {
  order_id: string;
  line_no: number;
  sku_id: number;
  product_id: number;
  product_name: string;
  sku_name: string;
  delivery: DeliveryMode;
  quantity: number;
  unit_price_minor: number;
  amount_minor: number;
  delivered_at: number | null;
  flash_sale_id: number | null;
}

const orderColumns =
  'id, region, status, currency, total_minor, discount_minor, coupon_id, received_minor, refunded_minor, contact, lang, user_id, ' +
  'risk_score, expires_at, created_at, paid_at, delivered_at, version';

/** Inserts orders whose id and idempotency key are new; returns how many were. */
export function insertOrders(tx: Tx, rows: readonly NewOrderRow[]): Promise<number> {
  return insertRows(tx, 'orders', rows, { onConflict: 'ignore' });
}

export async function insertLines(tx: Tx, rows: readonly NewLineRow[]): Promise<void> {
  await insertRows(tx, 'order_lines', rows);
}

/** @param lock takes the row locks that every change of an order begins with, in the order of the ids */
export async function readOrders(
  db: Db | Tx,
  ids: readonly string[],
  options: { lock?: boolean } = {},
): Promise<Map<string, Order>> {
  const unique = [...new Set(ids)];
  const rows = await selectIn<OrderRow>(db, `SELECT ${orderColumns} FROM orders WHERE id IN (?)`, unique, {
    tail: ' ORDER BY id',
    lock: options.lock,
  });
  const orders = new Map<string, Order>(rows.map((row) => [row.id, orderOf(row)]));
  const lines = await selectIn<LineRow>(db, 'SELECT * FROM order_lines WHERE order_id IN (?)', unique, {
    tail: ' ORDER BY order_id, line_no',
  });
  for (const line of lines) orders.get(line.order_id)?.lines.push(lineOf(line));
  return orders;
}

export async function readOrder(db: Db | Tx, id: string): Promise<Order | undefined> {
  return (await readOrders(db, [id])).get(id);
}

export interface StatusChange {
  id: string;
  from: OrderStatus;
  to: OrderStatus;
  receivedMinor: number;
  refundedMinor: number;
  paidAt: number | null;
  deliveredAt: number | null;
  closedAt: number | null;
}

/** Writes changes of orders locked in this transaction. @returns rows changed, to compare with `changes.length` */
export async function changeOrders(tx: Tx, changes: readonly StatusChange[]): Promise<number> {
  let changed = 0;
  for (const from of new Set(changes.map((change) => change.from))) {
    const rows = changes
      .filter((change) => change.from === from)
      .map((change) => ({
        id: change.id,
        status: change.to,
        received_minor: change.receivedMinor,
        refunded_minor: change.refundedMinor,
        paid_at: change.paidAt,
        delivered_at: change.deliveredAt,
        closed_at: change.closedAt,
      }));
    changed += await updateRows(tx, 'orders', 'id', rows, {
      set: 'version = version + 1',
      where: `status = '${from}'`,
    });
  }
  return changed;
}

/** Lines delivered before the rest of their order. */
export async function markLinesDelivered(
  tx: Tx,
  orderId: string,
  lineNos: readonly number[],
  nowMs: number,
): Promise<number> {
  const result = await tx
    .updateTable('order_lines')
    .set({ delivered_at: nowMs })
    .where('order_id', '=', orderId)
    .where('line_no', 'in', [...lineNos])
    .where('delivered_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export interface IdempotencyRow {
  id: string;
  idempotency_hash: string;
  request_hash: string;
  token_salt: string;
}

export function findByIdempotency(tx: Tx, hashes: readonly string[]): Promise<IdempotencyRow[]> {
  return selectIn<IdempotencyRow>(
    tx,
    'SELECT id, idempotency_hash, request_hash, token_salt FROM orders WHERE idempotency_hash IN (?)',
    hashes,
  );
}

export async function existingIds(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await selectIn<{ id: string }>(tx, 'SELECT id FROM orders WHERE id IN (?)', ids);
  return new Set(rows.map((row) => row.id));
}

/** Pending orders past their time, oldest first. */
export async function overdueOrderIds(db: Db | Tx, nowMs: number, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('orders')
    .select('id')
    .where('status', '=', 'pending')
    .where('expires_at', '<=', nowMs)
    .orderBy('expires_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

export async function postponeExpiry(tx: Tx, id: string, untilMs: number): Promise<void> {
  await tx
    .updateTable('orders')
    .set((eb) => ({ expires_at: untilMs, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .execute();
}

/** What a watcher needs to see whether its order changed. */
export function readVersions(db: Db, ids: readonly string[]): Promise<{ id: string; version: number }[]> {
  return selectIn<{ id: string; version: number }>(db, 'SELECT id, version FROM orders WHERE id IN (?)', ids);
}

/** MySQL reads the newest committed rows only with a lock; a plain read of ours may run on a replica later. */
export async function lockOrder(tx: Tx, id: string): Promise<Order | undefined> {
  return (await readOrders(tx, [id], { lock: isMysql(tx) })).get(id);
}

function orderOf(row: OrderRow): Order {
  return {
    id: row.id,
    region: row.region,
    status: row.status,
    currency: row.currency,
    totalMinor: row.total_minor,
    discountMinor: row.discount_minor,
    couponId: row.coupon_id,
    receivedMinor: row.received_minor,
    refundedMinor: row.refunded_minor,
    contact: row.contact,
    lang: row.lang,
    userId: row.user_id,
    riskScore: row.risk_score,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    paidAt: row.paid_at,
    deliveredAt: row.delivered_at,
    version: row.version,
    lines: [],
  };
}

function lineOf(row: LineRow): Order['lines'][number] {
  return {
    lineNo: row.line_no,
    skuId: row.sku_id,
    productId: row.product_id,
    productName: row.product_name,
    skuName: row.sku_name,
    delivery: row.delivery,
    quantity: row.quantity,
    unitPriceMinor: row.unit_price_minor,
    amountMinor: row.amount_minor,
    deliveredAt: row.delivered_at,
    flashSaleId: row.flash_sale_id,
  };
}
