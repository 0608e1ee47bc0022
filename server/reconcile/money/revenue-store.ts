/** What came in and went back through each channel, and what the channels kept of it. */
import { CompiledQuery } from 'kysely';
import { type IdRange, orderIdRange } from '../../order/order-id-range.ts';
import { regionsOfOrders } from '../../order/order-regions-store.ts';
import type { Db } from '../../platform/db/database.ts';

export interface RevenueCell {
  channel: string;
  currency: string;
  payments: number;
  receivedMinor: number;
  refundedMinor: number;
  /** Fees that bills have named. */
  billedFeeMinor: number;
  /** Received in payments whose fee no bill has named. */
  unbilledMinor: number;
}

/** Of payments begun in the range. */
export async function revenueCells(db: Db, { from, to }: { from: number; to: number }): Promise<RevenueCell[]> {
  const regions = await regionsOfOrders(db);
  const cells = await Promise.all(regions.map((region) => ofRange(db, orderIdRange(region, from, to), { from, to })));
  const sums = new Map<string, RevenueCell>();
  for (const cell of cells.flat()) {
    const key = `${cell.channel} ${cell.currency}`;
    const sum = sums.get(key);
    sums.set(key, sum ? added(sum, cell) : cell);
  }
  return [...sums.values()];
}

/** A trade near midnight may stand on the bills of two days: it is still one fee. */
const text = `SELECT channel, currency, COUNT(*) AS payments, SUM(received_minor) AS received, SUM(refunded_minor) AS refunded,
    SUM(COALESCE(fee, 0)) AS billed, SUM(CASE WHEN fee IS NULL THEN received_minor ELSE 0 END) AS unbilled
  FROM (
    SELECT p.channel, p.currency, p.received_minor, p.refunded_minor,
      (SELECT MAX(b.fee_minor) FROM bill_rows b
        WHERE b.trade_no = p.trade_no AND b.channel = p.channel AND b.type = 'payment') AS fee
    FROM payments p
    WHERE p.id >= ? AND p.id < ? AND p.created_at >= ? AND p.created_at < ? AND p.received_minor > 0
  ) paid GROUP BY channel, currency`;

interface Row {
  channel: string;
  currency: string;
  payments: number | string;
  received: number | string;
  refunded: number | string;
  billed: number | string;
  unbilled: number | string;
}

async function ofRange(db: Db, ids: IdRange, span: { from: number; to: number }): Promise<RevenueCell[]> {
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, [ids.from, ids.to, span.from, span.to]));
  return rows.map((row) => ({
    channel: row.channel,
    currency: row.currency,
    payments: Number(row.payments),
    receivedMinor: Number(row.received),
    refundedMinor: Number(row.refunded),
    billedFeeMinor: Number(row.billed),
    unbilledMinor: Number(row.unbilled),
  }));
}

const added = (a: RevenueCell, b: RevenueCell): RevenueCell => ({
  channel: a.channel,
  currency: a.currency,
  payments: a.payments + b.payments,
  receivedMinor: a.receivedMinor + b.receivedMinor,
  refundedMinor: a.refundedMinor + b.refundedMinor,
  billedFeeMinor: a.billedFeeMinor + b.billedFeeMinor,
  unbilledMinor: a.unbilledMinor + b.unbilledMinor,
});
