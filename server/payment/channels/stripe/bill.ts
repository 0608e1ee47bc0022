/** Stripe gives no file for a day, but lists: charges and refunds as the payer saw them. Only those of this shop count. */
import type { BillResult, BillRow, ChannelBill } from '../../channel.ts';
import { fromStripe } from './amounts.ts';
import { faultOf, type StripeClient } from './client.ts';
import { idOf } from './wire.ts';

const dayS = 86_400;

export function stripeBill(client: () => Promise<StripeClient>): ChannelBill {
  return {
    dayOffsetMinutes: 0,
    readyAfterMs: 60 * 60_000,
    fetch: async (date) => {
      const from = Date.parse(`${date}T00:00:00Z`) / 1000;
      try {
        return await fetchDay(await client(), { gte: from, lt: from + dayS });
      } catch (error) {
        return { kind: 'unknown', reason: faultOf(error).reason };
      }
    },
  };
}

async function fetchDay(client: StripeClient, created: { gte: number; lt: number }): Promise<BillResult> {
  const rows: BillRow[] = [];
  const add = (row: Omit<BillRow, 'feeMinor' | 'amountMinor'> & { amountMinor: number | undefined }) => {
    if (row.amountMinor !== undefined) rows.push({ ...row, amountMinor: row.amountMinor, feeMinor: null });
  };
  for await (const charge of client.charges.list({ created, limit: 100 })) {
    const outTradeNo = charge.metadata.out_trade_no;
    const tradeNo = idOf(charge.payment_intent);
    if (!outTradeNo || !tradeNo || charge.status === 'failed') continue;
    add({
      type: 'payment',
      tradeNo,
      outTradeNo,
      refundNo: null,
      amountMinor: fromStripe(charge.amount, charge.currency),
      currency: charge.currency.toUpperCase(),
      status: charge.status === 'succeeded' ? 'succeeded' : 'processing',
      at: charge.created * 1000,
    });
  }
  for await (const refund of client.refunds.list({ created, limit: 100, expand: ['data.charge'] })) {
    const charge = typeof refund.charge === 'object' ? refund.charge : null;
    const outTradeNo = charge?.metadata.out_trade_no;
    const tradeNo = idOf(refund.payment_intent);
    if (!outTradeNo || !tradeNo) continue;
    const failed = refund.status === 'failed' || refund.status === 'canceled';
    add({
      type: 'refund',
      tradeNo,
      outTradeNo,
      refundNo: refund.metadata?.refund_no ?? null,
      amountMinor: fromStripe(refund.amount, refund.currency),
      currency: refund.currency.toUpperCase(),
      status: refund.status === 'succeeded' ? 'succeeded' : failed ? 'failed' : 'processing',
      at: refund.created * 1000,
    });
  }
  return { kind: 'bill', rows };
}
