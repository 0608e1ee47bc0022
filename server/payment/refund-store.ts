/** Refunds: on record with their number before anybody is asked to send money back. */
import type { RefundStatus } from '../../contract/states.ts';
import { insertRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { Refund } from './payment.ts';

export type NewRefund = Omit<Refund, 'status' | 'reference' | 'createdAt' | 'attempts' | 'version'>;

/** @returns how many were new; a number that exists is the same refund decided again */
export function insertRefunds(tx: Tx, refunds: readonly NewRefund[], nowMs: number): Promise<number> {
  return insertRows(
    tx,
    'refunds',
    refunds.map((refund) => ({
      refund_no: refund.refundNo,
      order_id: refund.orderId,
      payment_id: refund.paymentId,
      channel: refund.channel,
      trade_no: refund.tradeNo,
      amount_minor: refund.amountMinor,
      currency: refund.currency,
      status: 'requested',
      mode: refund.mode,
      reason: refund.reason.slice(0, 300),
      requested_by: refund.requestedBy,
      next_attempt_at: nowMs,
      created_at: nowMs,
    })),
    { onConflict: 'ignore' },
  );
}

export async function readRefund(db: Db | Tx, no: string): Promise<Refund | undefined> {
  const row = await db.selectFrom('refunds').selectAll().where('refund_no', '=', no).executeTakeFirst();
  return row ? refundOf(row) : undefined;
}

export async function refundsOfOrder(db: Db | Tx, orderId: string): Promise<Refund[]> {
  const rows = await db
    .selectFrom('refunds')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('refund_no')
    .execute();
  return rows.map(refundOf);
}

/** requested -> succeeded | rejected. @returns false when it has been finished already */
export async function endRefund(
  tx: Tx,
  no: string,
  to: 'succeeded' | 'rejected',
  lastError: string | null,
  nowMs: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('refunds')
    .set((eb) => ({
      status: to,
      last_error: lastError?.slice(0, 300) ?? null,
      next_attempt_at: null,
      finished_at: nowMs,
      attempts: eb('attempts', '+', 1),
      version: eb('version', '+', 1),
    }))
    .where('refund_no', '=', no)
    .where('status', '=', 'requested')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Asked, and not finished: what the channel called it, and what it said. */
export async function noteRefundTry(
  tx: Tx,
  no: string,
  { reference, says }: { reference: string | undefined; says: string },
): Promise<void> {
  await tx
    .updateTable('refunds')
    .set((eb) => ({
      attempts: eb('attempts', '+', 1),
      last_error: says.slice(0, 300),
      ...(reference === undefined ? {} : { reference }),
    }))
    .where('refund_no', '=', no)
    .where('status', '=', 'requested')
    .execute();
}

/** A person has sent the money by other means: the refund now only has to be written down. */
export async function recordByHand(tx: Tx, no: string, nowMs: number): Promise<boolean> {
  const result = await tx
    .updateTable('refunds')
    .set({ status: 'requested', mode: 'recorded', next_attempt_at: nowMs, finished_at: null })
    .where('refund_no', '=', no)
    .where('status', '=', 'rejected')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** What has gone back of one trade, or is on its way. */
export async function refundsOfTrade(db: Db | Tx, channel: string, tradeNo: string): Promise<Refund[]> {
  const rows = await db
    .selectFrom('refunds')
    .selectAll()
    .where('trade_no', '=', tradeNo)
    .where('channel', '=', channel)
    .execute();
  return rows.map(refundOf);
}

/** rejected -> requested, when a person says: try again. */
export async function reopenRefund(tx: Tx, no: string, nowMs: number): Promise<boolean> {
  const result = await tx
    .updateTable('refunds')
    .set({ status: 'requested', next_attempt_at: nowMs, finished_at: null })
    .where('refund_no', '=', no)
    .where('status', '=', 'rejected')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

interface Row {
  refund_no: string;
  order_id: string;
  payment_id: string;
  channel: string;
  trade_no: string;
  amount_minor: number;
  currency: string;
  status: string;
  mode: string;
  reason: string;
  requested_by: string;
  reference: string | null;
  created_at: number;
  attempts: number;
  version: number;
}

function refundOf(row: Row): Refund {
  return {
    refundNo: row.refund_no,
    orderId: row.order_id,
    paymentId: row.payment_id,
    channel: row.channel,
    tradeNo: row.trade_no,
    amountMinor: row.amount_minor,
    currency: row.currency,
    status: row.status as RefundStatus,
    mode: row.mode as Refund['mode'],
    reason: row.reason,
    requestedBy: row.requested_by,
    reference: row.reference,
    createdAt: row.created_at,
    attempts: row.attempts,
    version: row.version,
  };
}
