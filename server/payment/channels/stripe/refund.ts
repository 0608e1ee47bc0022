/**
 * Refunds carry our number in their metadata. Stripe forgets an idempotency key after a day, so each try first looks whether
 * the refund is there.
 */
import type { RefundOrder, RefundQueryResult, RefundResult } from '../../channel.ts';
import { fromStripe, toStripe } from './amounts.ts';
import { faultOf, type StripeClient } from './client.ts';

export async function refundAtStripe(client: StripeClient, order: RefundOrder): Promise<RefundResult> {
  const there = await queryStripeRefund(client, order);
  if (there.kind !== 'not-found') return there;
  const amount = toStripe(order.amountMinor, order.currency);
  if (amount === undefined) return { kind: 'rejected', reason: `no such amount in ${order.currency}` };
  const metadata = { refund_no: order.refundNo, out_trade_no: order.attempt.outTradeNo };
  try {
    const refund = await client.refunds.create(
      { payment_intent: order.tradeNo, amount, metadata },
      { idempotencyKey: order.refundNo },
    );
    return stateOf(refund);
  } catch (error) {
    const fault = faultOf(error);
    return fault.kind === 'no' ? { kind: 'rejected', reason: fault.reason } : fault;
  }
}

export async function queryStripeRefund(client: StripeClient, order: RefundOrder): Promise<RefundQueryResult> {
  try {
    for await (const refund of client.refunds.list({ payment_intent: order.tradeNo, limit: 100 })) {
      if (refund.metadata?.refund_no !== order.refundNo) continue;
      if (fromStripe(refund.amount, refund.currency) !== order.amountMinor) {
        return { kind: 'unknown', reason: 'the refund at Stripe has another amount' };
      }
      return stateOf(refund);
    }
    return { kind: 'not-found' };
  } catch (error) {
    return { kind: 'unknown', reason: faultOf(error).reason };
  }
}

function stateOf(refund: { id: string; status: string | null; failure_reason?: string }): RefundResult {
  const reference = refund.id;
  if (refund.status === 'succeeded') return { kind: 'succeeded', reference };
  if (refund.status === 'failed' || refund.status === 'canceled') {
    return { kind: 'rejected', reason: refund.failure_reason ?? refund.status };
  }
  return { kind: 'processing', reference };
}
