/** A day of a channel: its bill, our books, and how they differ. Pure. */
import type { BillRow } from '../../payment/channel.ts';

export type DifferenceKind = 'channel-only' | 'local-only' | 'amount' | 'status';

export interface Difference {
  kind: DifferenceKind;
  type: 'payment' | 'refund';
  tradeNo: string;
  outTradeNo: string | null;
  refundNo: string | null;
  theirsMinor: number | null;
  oursMinor: number | null;
  currency: string;
  says: string;
}

export interface BillReport {
  channel: string;
  date: string;
  ok: boolean;
  payments: { count: number; minor: number };
  refunds: { count: number; minor: number };
  feesMinor: number;
  matched: number;
  differences: Difference[];
}

export interface OurPayment {
  tradeNo: string;
  outTradeNo: string;
  amountMinor: number;
  currency: string;
}

export interface OurRefund {
  refundNo: string;
  tradeNo: string;
  amountMinor: number;
  currency: string;
  status: 'requested' | 'succeeded' | 'rejected';
  mode: 'channel' | 'recorded';
}

export interface OurDay {
  /** Every payment of ours that the bill names, and those of the day itself. */
  payments: readonly OurPayment[];
  /** All refunds of those trades, and those of the day itself. */
  refunds: readonly OurRefund[];
  /** Of the day, and by now to be expected on the bill. */
  expectedPayments: ReadonlySet<string>;
  expectedRefunds: ReadonlySet<string>;
  /** What this channel's bills of all days, this one included, say went back of each trade. */
  billedRefundMinor: ReadonlyMap<string, number>;
}

export function compareBill(channel: string, date: string, rows: readonly BillRow[], ours: OurDay): BillReport {
  const differences: Difference[] = [];
  const known = new Map(ours.payments.map((payment) => [payment.tradeNo, payment]));
  const refunds = new Map(ours.refunds.map((refund) => [refund.refundNo, refund]));
  const refundedMinor = new Map<string, number>();
  for (const { tradeNo, amountMinor, status } of ours.refunds)
    if (status !== 'rejected') refundedMinor.set(tradeNo, (refundedMinor.get(tradeNo) ?? 0) + amountMinor);
  const billed = {
    payment: rows.filter(({ type }) => type === 'payment'),
    refund: rows.filter(({ type }) => type === 'refund'),
  };
  const add = (row: BillRow, kind: DifferenceKind, oursMinor: number | null, says: string) => {
    const { type, tradeNo, outTradeNo, refundNo, amountMinor, currency } = row;
    differences.push({
      kind,
      type,
      tradeNo,
      outTradeNo,
      refundNo,
      theirsMinor: amountMinor,
      oursMinor,
      currency,
      says,
    });
  };
  for (const row of billed.payment) {
    const own = known.get(row.tradeNo);
    if (!own) {
      if (row.status === 'succeeded') add(row, 'channel-only', null, 'the channel took money that we do not know');
    } else if (own.amountMinor !== row.amountMinor || own.currency !== row.currency)
      add(row, 'amount', own.amountMinor, 'the amounts differ');
    else if (row.status !== 'succeeded')
      add(row, 'status', own.amountMinor, `we have it as paid, the bill says ${row.status}`);
  }
  for (const row of billed.refund) {
    const own = row.refundNo === null ? undefined : refunds.get(row.refundNo);
    if (own) {
      if (own.amountMinor !== row.amountMinor) add(row, 'amount', own.amountMinor, 'the amounts differ');
      else if ((own.status === 'succeeded') !== (row.status === 'succeeded') && row.status !== 'processing')
        add(row, 'status', own.amountMinor, `ours is ${own.status}, the bill says ${row.status}`);
      continue;
    }
    // Under another number: somebody refunded at the channel. In order once our refunds of the trade cover it.
    const covered =
      (refundedMinor.get(row.tradeNo) ?? 0) >= (ours.billedRefundMinor.get(row.tradeNo) ?? row.amountMinor);
    if (row.status === 'succeeded' && !covered)
      add(row, 'channel-only', null, 'money went back that we do not know of');
  }
  differences.push(...missing(billed, ours));
  const sum = (list: readonly BillRow[]) => list.reduce((total, row) => total + row.amountMinor, 0);
  return {
    channel,
    date,
    ok: differences.length === 0,
    payments: { count: billed.payment.length, minor: sum(billed.payment) },
    refunds: { count: billed.refund.length, minor: sum(billed.refund) },
    feesMinor: rows.reduce((total, row) => total + (row.feeMinor ?? 0), 0),
    matched: rows.length - differences.filter(({ kind }) => kind !== 'local-only').length,
    differences,
  };
}

function missing(billed: { payment: BillRow[]; refund: BillRow[] }, ours: OurDay): Difference[] {
  const trades = new Set(billed.payment.map((row) => row.tradeNo));
  const numbers = new Set(billed.refund.map((row) => row.refundNo));
  const payments = ours.payments
    .filter(({ tradeNo }) => ours.expectedPayments.has(tradeNo) && !trades.has(tradeNo))
    .map(({ tradeNo, outTradeNo, amountMinor, currency }) => {
      const says = 'we have money that the bill does not name';
      const common = { kind: 'local-only', type: 'payment', theirsMinor: null, refundNo: null } as const;
      return { ...common, tradeNo, outTradeNo, oursMinor: amountMinor, currency, says };
    });
  const refunds = ours.refunds
    .filter(({ refundNo }) => ours.expectedRefunds.has(refundNo) && !numbers.has(refundNo))
    .map(({ tradeNo, refundNo, amountMinor, currency }) => {
      const says = 'we have a refund that the bill does not name';
      const common = { kind: 'local-only', type: 'refund', theirsMinor: null, outTradeNo: null } as const;
      return { ...common, tradeNo, refundNo, oursMinor: amountMinor, currency, says };
    });
  return [...payments, ...refunds];
}
