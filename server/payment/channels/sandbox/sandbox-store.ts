/** The sandbox gateway's own books: what its payers did. The shop proper reads them only by asking the channel. */
import { insertRows } from '../../../platform/db/bulk.ts';
import type { Db, Tx } from '../../../platform/db/database.ts';

export interface Trade {
  outTradeNo: string;
  /** Empty for the mark that the shop closed this attempt. */
  tradeNo: string;
  status: 'paid' | 'closed';
  amountMinor: number;
  currency: string;
  refundedMinor: number;
  refundNos: string[];
  /** In the future for a payer who pays late. */
  paidAt: number | null;
}

export async function tradesOf(db: Db | Tx, outTradeNo: string): Promise<Trade[]> {
  const rows = await db
    .selectFrom('sandbox_trades')
    .selectAll()
    .where('out_trade_no', '=', outTradeNo)
    .orderBy('created_at')
    .orderBy('trade_no')
    .execute();
  return rows.map((row) => ({
    outTradeNo: row.out_trade_no,
    tradeNo: row.trade_no,
    status: row.status as Trade['status'],
    amountMinor: row.amount_minor,
    currency: row.currency,
    refundedMinor: row.refunded_minor,
    refundNos: JSON.parse(row.refund_nos) as string[],
    paidAt: row.paid_at,
  }));
}

export async function insertTrade(tx: Tx, trade: Trade, nowMs: number): Promise<void> {
  await insertRows(
    tx,
    'sandbox_trades',
    [
      {
        out_trade_no: trade.outTradeNo,
        trade_no: trade.tradeNo,
        status: trade.status,
        amount_minor: trade.amountMinor,
        currency: trade.currency,
        refunded_minor: trade.refundedMinor,
        refund_nos: JSON.stringify(trade.refundNos),
        created_at: nowMs,
        paid_at: trade.paidAt,
      },
    ],
    { onConflict: 'ignore' },
  );
}

/** @returns false when another refund of the same trade was written meanwhile */
export async function writeRefund(tx: Tx, trade: Trade, refundNo: string, amountMinor: number): Promise<boolean> {
  const result = await tx
    .updateTable('sandbox_trades')
    .set({
      refunded_minor: trade.refundedMinor + amountMinor,
      refund_nos: JSON.stringify([...trade.refundNos, refundNo]),
    })
    .where('out_trade_no', '=', trade.outTradeNo)
    .where('trade_no', '=', trade.tradeNo)
    .where('refund_nos', '=', JSON.stringify(trade.refundNos))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
