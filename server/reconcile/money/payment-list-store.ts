/**
 * The list of payments, newest order first. Payments lie in the order of their numbers and have no index for what an owner may
 * filter by: a sale should not pay for one. So a page looks back over a bounded number of rows and says how far it got; whoever
 * wants more asks on from there.
 */
import type { PaymentRow } from '../../../contract/admin-money.ts';
import type { PaymentStatus } from '../../../contract/states.ts';
import { orderIdRange } from '../../order/order-id-range.ts';
import { regionsOfOrders } from '../../order/order-regions-store.ts';
import type { Db } from '../../platform/db/database.ts';

export interface PaymentSearch {
  /** Only these, when given. */
  ids?: readonly string[];
  channel?: string;
  status?: PaymentStatus;
  fromMs?: number;
  toMs?: number;
  minMinor?: number;
  maxMinor?: number;
  before?: string;
  limit: number;
}

export interface PaymentPage {
  payments: PaymentRow[];
  next: string | null;
  /** Set when rows were left unseen: the time of the last one looked at. */
  searchedTo: { at: number } | null;
}

/** Rows that one page looks through. A million payments, none of which fits: 60 ms on SQLite for one page of them. */
const windowRows = 30_000;

export async function searchPayments(db: Db, search: PaymentSearch, rows = windowRows): Promise<PaymentPage> {
  const range = await idRange(db, search);
  const last = search.ids ? undefined : await windowEnd(db, range, rows);
  let query = db.selectFrom('payments').selectAll().orderBy('id', 'desc').limit(search.limit);
  if (search.ids) query = query.where('id', 'in', search.ids.length > 0 ? [...search.ids] : ['']);
  if (range.before !== undefined) query = query.where('id', '<', range.before);
  const from = last?.id ?? range.from;
  if (from !== undefined) query = query.where('id', '>=', from);
  if (search.channel !== undefined) query = query.where('channel', '=', search.channel);
  if (search.status !== undefined) query = query.where('status', '=', search.status);
  if (search.fromMs !== undefined) query = query.where('created_at', '>=', search.fromMs);
  if (search.toMs !== undefined) query = query.where('created_at', '<', search.toMs);
  if (search.minMinor !== undefined) query = query.where('amount_minor', '>=', search.minMinor);
  if (search.maxMinor !== undefined) query = query.where('amount_minor', '<=', search.maxMinor);
  const payments = (await query.execute()).map(rowOf);
  const full = payments.length === search.limit ? payments.at(-1) : undefined;
  if (full) return { payments, next: full.id, searchedTo: null };
  return { payments, next: last?.id ?? null, searchedTo: last ? { at: last.at } : null };
}

interface Range {
  from?: string | undefined;
  /** Not included. */
  before?: string | undefined;
}

/** With one region, a range of time is a range of the table: a payment's number begins with its order's. */
async function idRange(db: Db, { fromMs, toMs, before }: PaymentSearch): Promise<Range> {
  if (fromMs === undefined && toMs === undefined) return { before };
  const [region, another] = await regionsOfOrders(db);
  if (!region || another) return { before };
  const endOfTime = 8_640_000_000_000_000;
  const { from, to } = orderIdRange(region, fromMs ?? 0, toMs ?? endOfTime);
  return { from, before: before !== undefined && before < to ? before : to };
}

/** Where the window of a page ends, going back; undefined when everything is within it. */
async function windowEnd(
  db: Db,
  { from, before }: Range,
  rows: number,
): Promise<{ id: string; at: number } | undefined> {
  let query = db.selectFrom('payments').select('id').orderBy('id', 'desc').limit(1).offset(rows);
  if (before !== undefined) query = query.where('id', '<', before);
  if (from !== undefined) query = query.where('id', '>=', from);
  const found = await query.executeTakeFirst();
  if (!found) return undefined;
  const row = await db
    .selectFrom('payments')
    .select(['id', 'created_at'])
    .where('id', '=', found.id)
    .executeTakeFirstOrThrow();
  return { id: row.id, at: row.created_at };
}

/** Payments that a number leads to: its own, its order's, or the channel's number of the trade. */
export async function paymentIdsOf(db: Db, text: string): Promise<string[]> {
  const rows = await db
    .selectFrom('payments')
    .select('id')
    .where((eb) => eb.or([eb('id', '=', text), eb('order_id', '=', text), eb('trade_no', '=', text)]))
    .limit(100)
    .execute();
  return rows.map(({ id }) => id);
}

interface Row {
  id: string;
  order_id: string;
  channel: string;
  status: string;
  amount_minor: number;
  currency: string;
  received_minor: number;
  refunded_minor: number;
  trade_no: string | null;
  created_at: number;
  succeeded_at: number | null;
}

export function rowOf(row: Row): PaymentRow {
  return {
    id: row.id,
    orderId: row.order_id,
    channel: row.channel,
    status: row.status as PaymentStatus,
    amountMinor: row.amount_minor,
    currency: row.currency,
    receivedMinor: row.received_minor,
    refundedMinor: row.refunded_minor,
    tradeNo: row.trade_no,
    createdAt: row.created_at,
    succeededAt: row.succeeded_at,
  };
}
