/**
 * One day of one channel: fetch its bill, compare both ways, take in what the channel has and we have not (by the same
 * operation as any callback), and lay every difference before a person. Any day can be done again.
 */

import type { ReviewKind } from '../../../contract/states.ts';
import type { BillRow, Channel, VerifiedPayment } from '../../payment/channel.ts';
import { noteRefundedTotal } from '../../payment/note-refunded-total.ts';
import { caseKey, openReviewCases } from '../../payment/review-store.ts';
import type { SettleOutcome } from '../../payment/settle-payments.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { type BillReport, compareBill, type Difference } from './bill.ts';
import { ourDay, replaceBill, writeReport } from './bill-store.ts';

export interface ReconcileDeps {
  database: Database;
  clock: Clock;
  settle(payment: VerifiedPayment): Promise<SettleOutcome>;
}

export type ReconcileOutcome =
  | { kind: 'compared'; report: BillReport }
  | { kind: 'no-bill'; reason: string }
  | { kind: 'not-ready'; reason: string }
  | { kind: 'failed'; reason: string };

const dayMs = 86_400_000;
const caseKinds: Record<Difference['kind'], ReviewKind> = {
  'channel-only': 'bill_channel_only',
  'local-only': 'bill_local_only',
  amount: 'bill_amount',
  status: 'bill_status',
};

/** @param date YYYY-MM-DD, as the channel counts days */
export async function reconcileDay(deps: ReconcileDeps, channel: Channel, date: string): Promise<ReconcileOutcome> {
  if (!channel.bill) return { kind: 'no-bill', reason: 'this network gives no bills' };
  const fetched = await channel.bill.fetch(date);
  if (fetched.kind === 'not-ready') return fetched;
  if (fetched.kind === 'unknown') return { kind: 'failed', reason: fetched.reason };
  const { rows } = fetched;
  const { code } = channel;
  await deps.database.transact('bill.store', (tx) => replaceBill(tx, code, date, rows));
  const day = dayOf(date, channel.bill.dayOffsetMinutes);
  const report = compareBill(code, date, rows, await ourDay(deps.database.read, code, day, rows));
  await takeIn(deps, channel, rows, report);
  const now = deps.clock.now();
  await deps.database.transact('bill.report', async (tx) => {
    await writeReport(tx, report, now);
    await openReviewCases(
      tx,
      report.differences.map((one) => caseOf(report, one)),
      now,
    );
  });
  return { kind: 'compared', report };
}

export function dayOf(date: string, offsetMinutes: number): { from: number; to: number } {
  const from = Date.parse(`${date}T00:00:00Z`) - offsetMinutes * 60_000;
  return { from, to: from + dayMs };
}

/** The bill came over an authenticated connection: money that it names is as proved as money that a query names. */
async function takeIn(
  deps: ReconcileDeps,
  { code, merchant }: Channel,
  rows: readonly BillRow[],
  report: BillReport,
): Promise<void> {
  for (const difference of report.differences.filter(({ kind }) => kind === 'channel-only')) {
    const row = rows.find((one) => one.type === difference.type && one.tradeNo === difference.tradeNo);
    if (!row) continue;
    if (row.type === 'refund') {
      const total = rows
        .filter((one) => one.type === 'refund' && one.tradeNo === row.tradeNo && one.status === 'succeeded')
        .reduce((sum, one) => sum + one.amountMinor, 0);
      await noteRefundedTotal(deps, { channel: code, tradeNo: row.tradeNo }, total);
      continue;
    }
    if (!row.outTradeNo) continue;
    const outcome = await deps.settle({
      channel: code,
      tradeNo: row.tradeNo,
      outTradeNo: row.outTradeNo,
      amountMinor: row.amountMinor,
      currency: row.currency,
      merchant,
      paidAt: row.at,
      source: 'bill',
      raw: JSON.stringify(row),
    });
    difference.says += `; taken in: ${outcome.kind}`;
  }
}

function caseAbout(report: Pick<BillReport, 'channel'>, { kind, tradeNo, refundNo }: Difference) {
  return { kind: caseKinds[kind], about: `${report.channel}:${refundNo ?? tradeNo}` };
}

/** What the review case of a difference is called. */
export function differenceKey(report: Pick<BillReport, 'channel'>, difference: Difference): string {
  return caseKey(caseAbout(report, difference));
}

function caseOf(report: BillReport, difference: Difference) {
  const { type, tradeNo, outTradeNo } = difference;
  return {
    ...caseAbout(report, difference),
    orderId: outTradeNo && /^[0-9A-Z]{30}$/.test(outTradeNo) ? outTradeNo.slice(0, 28) : null,
    paymentId: outTradeNo?.slice(0, 32) ?? null,
    tradeNo,
    detail: {
      channel: report.channel,
      date: report.date,
      amountMinor: difference.theirsMinor ?? difference.oursMinor,
      ...difference,
      type,
    },
  };
}
