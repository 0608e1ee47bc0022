/** Bills as they were fetched, the reports made of them, and what our books say of the same day. */

import type { BillRow } from '../../payment/channel.ts';
import { insertRows, selectIn } from '../../platform/db/bulk.ts';
import type { Db, Tx } from '../../platform/db/database.ts';
import type { BillReport, OurDay, OurPayment, OurRefund } from './bill.ts';

/** A bill fetched again takes the place of the one before. */
export async function replaceBill(tx: Tx, channel: string, date: string, rows: readonly BillRow[]): Promise<void> {
  await tx.deleteFrom('bill_rows').where('channel', '=', channel).where('bill_date', '=', date).execute();
  await insertRows(
    tx,
    'bill_rows',
    rows.map((row, at) => ({
      channel,
      bill_date: date,
      row_no: at + 1,
      type: row.type,
      trade_no: row.tradeNo,
      out_trade_no: row.outTradeNo,
      refund_no: row.refundNo,
      amount_minor: row.amountMinor,
      currency: row.currency,
      fee_minor: row.feeMinor,
      status: row.status,
      happened_at: row.at,
    })),
  );
}

export async function writeReport(tx: Tx, report: BillReport, nowMs: number): Promise<void> {
  const { channel, date, ok } = report;
  await tx.deleteFrom('bill_reports').where('channel', '=', channel).where('bill_date', '=', date).execute();
  const row = { channel, bill_date: date, ok: ok ? 1 : 0, report: JSON.stringify(report), made_at: nowMs };
  await insertRows(tx, 'bill_reports', [row]);
}

export interface StoredReport extends BillReport {
  madeAt: number;
}

export async function readReport(db: Db, channel: string, date: string): Promise<StoredReport | undefined> {
  const row = await db
    .selectFrom('bill_reports')
    .selectAll()
    .where('channel', '=', channel)
    .where('bill_date', '=', date)
    .executeTakeFirst();
  return row && { ...(JSON.parse(row.report) as BillReport), madeAt: row.made_at };
}

export interface ReportFilter {
  channel?: string;
  /** Days, both included. */
  from?: string;
  to?: string;
  differing?: boolean;
  limit: number;
}

export async function listReports(db: Db, filter: ReportFilter): Promise<StoredReport[]> {
  let query = db
    .selectFrom('bill_reports')
    .selectAll()
    .orderBy('bill_date', 'desc')
    .orderBy('channel')
    .limit(filter.limit);
  if (filter.channel) query = query.where('channel', '=', filter.channel);
  if (filter.from) query = query.where('bill_date', '>=', filter.from);
  if (filter.to) query = query.where('bill_date', '<=', filter.to);
  if (filter.differing) query = query.where('ok', '=', 0);
  return (await query.execute()).map((row) => ({ ...(JSON.parse(row.report) as BillReport), madeAt: row.made_at }));
}

/** Clocks and midnights differ: what happened so near to the end of a day may stand on the bill of the other. */
const edgeMs = 10 * 60_000;

/** @param day of the channel, as UTC milliseconds */
export async function ourDay(
  db: Db,
  channel: string,
  day: { from: number; to: number },
  rows: readonly BillRow[],
): Promise<OurDay> {
  const tradeNos = [...new Set(rows.map((row) => row.tradeNo))];
  const named = await paymentsNamed(db, channel, tradeNos);
  const own = await paymentsWithin(db, channel, day);
  const payments = new Map([...named, ...own].map((payment) => [payment.tradeNo, payment]));
  const ownRefunds = await refundsWithin(db, channel, day);
  const refunds = [...(await refundsOf(db, channel, tradeNos)), ...ownRefunds];
  const billed = await billedRefunds(db, channel, tradeNos);
  const inner = (at: number) => at >= day.from + edgeMs && at < day.to - edgeMs;
  return {
    payments: [...payments.values()],
    refunds: [...new Map(refunds.map((refund) => [refund.refundNo, refund])).values()],
    expectedPayments: new Set(own.filter(({ at }) => inner(at)).map(({ tradeNo }) => tradeNo)),
    expectedRefunds: new Set(
      ownRefunds.filter((one) => one.mode === 'channel' && inner(one.createdAt)).map((one) => one.refundNo),
    ),
    billedRefundMinor: billed,
  };
}

const paymentColumns = 'trade_no, payment_id, amount_minor, currency';
interface PaymentRow {
  trade_no: string;
  payment_id: string;
  amount_minor: number;
  currency: string;
}
const paymentOf = (row: PaymentRow): OurPayment => ({
  tradeNo: row.trade_no,
  outTradeNo: row.payment_id,
  amountMinor: row.amount_minor,
  currency: row.currency,
});

async function paymentsNamed(db: Db, channel: string, tradeNos: readonly string[]): Promise<OurPayment[]> {
  const text = `SELECT ${paymentColumns} FROM payment_evidence WHERE trade_no IN (?)`;
  const rows = await selectIn<PaymentRow>(db, text, tradeNos, { tail: ' AND channel = ?', params: [channel] });
  return rows.map(paymentOf);
}

async function paymentsWithin(
  db: Db,
  channel: string,
  { from, to }: { from: number; to: number },
): Promise<(OurPayment & { at: number })[]> {
  // Heard of within two days at the latest, or the bill itself told us.
  const rows = await db
    .selectFrom('payment_evidence')
    .selectAll()
    .where('received_at', '>=', from - edgeMs)
    .where('received_at', '<', to + 2 * 86_400_000)
    .where('channel', '=', channel)
    .execute();
  return rows
    .map((row) => ({ ...paymentOf(row), at: row.paid_at ?? row.received_at }))
    .filter(({ at }) => at >= from && at < to);
}

interface RefundRow {
  refund_no: string;
  trade_no: string;
  amount_minor: number;
  currency: string;
  status: string;
  mode: string;
}
const refundOf = (row: RefundRow): OurRefund => ({
  refundNo: row.refund_no,
  tradeNo: row.trade_no,
  amountMinor: row.amount_minor,
  currency: row.currency,
  status: row.status as OurRefund['status'],
  mode: row.mode as OurRefund['mode'],
});

async function refundsOf(db: Db, channel: string, tradeNos: readonly string[]): Promise<OurRefund[]> {
  const text = 'SELECT refund_no, trade_no, amount_minor, currency, status, mode FROM refunds WHERE trade_no IN (?)';
  return (await selectIn<RefundRow>(db, text, tradeNos, { tail: ' AND channel = ?', params: [channel] })).map(refundOf);
}

async function refundsWithin(db: Db, channel: string, { from, to }: { from: number; to: number }) {
  const rows = await db
    .selectFrom('refunds')
    .selectAll()
    .where('channel', '=', channel)
    .where('status', '=', 'succeeded')
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .where('finished_at', '<', to)
    .execute();
  return rows.map((row) => ({ ...refundOf(row), createdAt: row.created_at }));
}

async function billedRefunds(db: Db, channel: string, tradeNos: readonly string[]): Promise<Map<string, number>> {
  const text = `SELECT trade_no, SUM(amount_minor) AS minor FROM bill_rows WHERE trade_no IN (?)`;
  const rows = await selectIn<{ trade_no: string; minor: number | string }>(db, text, tradeNos, {
    tail: " AND channel = ? AND type = 'refund' AND status = 'succeeded' GROUP BY trade_no",
    params: [channel],
  });
  return new Map(rows.map((row) => [row.trade_no, Number(row.minor)]));
}
