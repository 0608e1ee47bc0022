/** Payment attempts. Every change of one happens under the row lock of its order. */
import type { PaymentAction } from '../../contract/shop.ts';
import type { PaymentStatus } from '../../contract/states.ts';
import { insertRows, selectIn, updateRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import type { Payment } from './payment.ts';

interface PaymentRow {
  id: string;
  order_id: string;
  attempt_no: number;
  channel: string;
  reference: string | null;
  status: PaymentStatus;
  amount_minor: number;
  currency: string;
  received_minor: number;
  refunded_minor: number;
  trade_no: string | null;
  action: string | null;
  created_at: number;
  next_query_at: number | null;
  query_count: number;
  version: number;
}

const columns =
  'id, order_id, attempt_no, channel, reference, status, amount_minor, currency, received_minor, refunded_minor, trade_no, action, ' +
  'created_at, next_query_at, query_count, version';

/** By number. Sorted here: for an ORDER BY id the optimizer of MariaDB may rather read the whole table by its key. */
export async function paymentsOfOrders(db: Db | Tx, orderIds: readonly string[]): Promise<Payment[]> {
  const text = `SELECT ${columns} FROM payments WHERE order_id IN (?)`;
  const rows = await selectIn<PaymentRow>(db, text, orderIds);
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1)).map(paymentOf);
}

export async function readPayments(db: Db | Tx, ids: readonly string[]): Promise<Map<string, Payment>> {
  const rows = await selectIn<PaymentRow>(db, `SELECT ${columns} FROM payments WHERE id IN (?)`, ids);
  return new Map(rows.map((row) => [row.id, paymentOf(row)]));
}

export async function insertPayments(tx: Tx, payments: readonly Payment[], nowMs: number): Promise<void> {
  const inserted = await insertRows(
    tx,
    'payments',
    payments.map((payment) => ({
      id: payment.id,
      order_id: payment.orderId,
      attempt_no: payment.attemptNo,
      channel: payment.channel,
      reference: payment.reference,
      status: payment.status,
      amount_minor: payment.amountMinor,
      currency: payment.currency,
      received_minor: payment.receivedMinor,
      refunded_minor: payment.refundedMinor,
      trade_no: payment.tradeNo,
      action: payment.action ? JSON.stringify(payment.action) : null,
      created_at: payment.createdAt,
      updated_at: nowMs,
      succeeded_at: payment.status === 'succeeded' ? nowMs : null,
      next_query_at: payment.nextQueryAt,
    })),
    { onConflict: 'ignore' },
  );
  if (inserted !== payments.length) throw new RowsChanged(`inserted ${inserted} of ${payments.length} payments`);
}

/** Money came in or went out. `before` is what was read under the lock of the order. */
export async function writePayments(
  tx: Tx,
  payments: readonly { before: Payment; after: Payment }[],
  nowMs: number,
): Promise<void> {
  let changed = 0;
  for (const from of new Set(payments.map(({ before }) => before.status))) {
    const rows = payments
      .filter(({ before }) => before.status === from)
      .map(({ after }) => ({
        id: after.id,
        status: after.status,
        received_minor: after.receivedMinor,
        refunded_minor: after.refundedMinor,
        trade_no: after.tradeNo,
        next_query_at: after.nextQueryAt,
        succeeded_at: after.receivedMinor > 0 ? nowMs : null,
        updated_at: nowMs,
      }));
    changed += await updateRows(tx, 'payments', 'id', rows, {
      set: 'version = version + 1',
      where: `status = '${from}'`,
    });
  }
  if (changed !== payments.length) throw new RowsChanged(`changed ${changed} of ${payments.length} payments`);
}

/** The channel answered our request to create: created -> pending with what the payer is shown. */
export async function storeAction(
  tx: Tx,
  id: string,
  created: { action: PaymentAction; reference: string | null },
  nextQuery: number | null,
  nowMs: number,
): Promise<boolean> {
  const { action, reference } = created;
  const result = await tx
    .updateTable('payments')
    .set({ status: 'pending', action: JSON.stringify(action), reference, next_query_at: nextQuery, updated_at: nowMs })
    .where('id', '=', id)
    .where('status', '=', 'created')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** An attempt that came to nothing; one that has received money is never ended this way. */
export async function endPayment(tx: Tx, id: string, to: 'closed' | 'failed', nowMs: number): Promise<boolean> {
  const result = await tx
    .updateTable('payments')
    .set((eb) => ({ status: to, next_query_at: null, updated_at: nowMs, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('status', 'in', ['created', 'pending'])
    .where('received_minor', '=', 0)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function duePayments(db: Db, nowMs: number, limit: number): Promise<Payment[]> {
  const rows = await db
    .selectFrom('payments')
    .selectAll()
    .where('next_query_at', '<=', nowMs)
    .orderBy('next_query_at')
    .limit(limit)
    .execute();
  return (rows as PaymentRow[]).map(paymentOf);
}

/** Brings forward the questions about what is open at a channel in trouble, spread over a while. */
export async function askSoonAbout(tx: Tx, channel: string, nowMs: number, spreadMs: number): Promise<void> {
  await tx
    .updateTable('payments')
    .set((eb) => ({ next_query_at: eb(eb.val(nowMs), '+', eb('created_at', '%', spreadMs)) }))
    .where('channel', '=', channel)
    .where('status', 'in', ['created', 'pending'])
    .where('next_query_at', '>', nowMs + spreadMs)
    .execute();
}

/** Sets when to ask again about money that has not come, unless somebody has meanwhile. */
export async function scheduleQuery(tx: Tx, payment: Payment, nextQuery: number | null): Promise<void> {
  await tx
    .updateTable('payments')
    .set({ next_query_at: nextQuery, query_count: payment.queryCount + 1 })
    .where('id', '=', payment.id)
    .where('query_count', '=', payment.queryCount)
    .where('received_minor', '=', 0)
    .where('next_query_at', 'is not', null)
    .execute();
}

/** Puts an attempt that came to nothing back among those that are asked about. False when it is there, or paid. */
export async function askAgainAbout(tx: Tx, payment: Payment, nextQuery: number): Promise<boolean> {
  const result = await tx
    .updateTable('payments')
    .set({ next_query_at: nextQuery, query_count: payment.queryCount + 1 })
    .where('id', '=', payment.id)
    .where('query_count', '=', payment.queryCount)
    .where('status', 'in', ['closed', 'failed'])
    .where('received_minor', '=', 0)
    .where('next_query_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** For an attempt just closed: when it is looked at again, or null for never. */
export async function keepAskingAbout(tx: Tx, id: string, nextQuery: number | null): Promise<void> {
  await tx
    .updateTable('payments')
    .set({ next_query_at: nextQuery })
    .where('id', '=', id)
    .where('status', '=', 'closed')
    .where('received_minor', '=', 0)
    .execute();
}

/** The other way round: the channel has said a last word about it. */
export async function stopAskingAbout(tx: Tx, id: string): Promise<boolean> {
  const result = await tx
    .updateTable('payments')
    .set({ next_query_at: null })
    .where('id', '=', id)
    .where('status', 'in', ['closed', 'failed'])
    .where('received_minor', '=', 0)
    .where('next_query_at', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Orders that a payment number, ours or the channel's, belongs to. */
export async function orderIdsOfPayment(db: Db, number: string): Promise<string[]> {
  const rows = await db
    .selectFrom('payments')
    .select('order_id')
    .where((eb) => eb.or([eb('id', '=', number), eb('trade_no', '=', number)]))
    .limit(20)
    .execute();
  return [...new Set(rows.map((row) => row.order_id))];
}

function paymentOf(row: PaymentRow): Payment {
  return {
    id: row.id,
    orderId: row.order_id,
    attemptNo: row.attempt_no,
    channel: row.channel,
    reference: row.reference,
    status: row.status,
    amountMinor: row.amount_minor,
    currency: row.currency,
    receivedMinor: row.received_minor,
    refundedMinor: row.refunded_minor,
    tradeNo: row.trade_no,
    action: row.action ? (JSON.parse(row.action) as PaymentAction) : null,
    createdAt: row.created_at,
    nextQueryAt: row.next_query_at,
    queryCount: row.query_count,
    version: row.version,
  };
}
