/** Refunds carry our number. PayPal remembers the id of a request for weeks, not for ever: each try first looks for the refund. */
import type { RefundOrder, RefundQueryResult, RefundResult } from '../../channel.ts';
import { asObject } from '../../wire/json-object.ts';
import { theirNumber } from '../epay/wire.ts';
import { paypalAmount, readAmount } from './amounts.ts';
import type { PaypalClient } from './client.ts';
import { refundsOf } from './orders.ts';

export async function refundAtPaypal(client: PaypalClient, order: RefundOrder): Promise<RefundResult> {
  const there = await queryPaypalRefund(client, order);
  if (there.kind !== 'not-found') return there;
  const amount = paypalAmount(order.amountMinor, order.currency);
  if (!amount) return { kind: 'rejected', reason: `no such amount in ${order.currency}` };
  const reply = await client.send('POST', `/v2/payments/captures/${encodeURIComponent(order.tradeNo)}/refund`, {
    requestId: order.refundNo,
    body: { amount, custom_id: order.refundNo, invoice_id: order.refundNo },
  });
  if (typeof reply === 'string') return { kind: 'unknown', reason: reply };
  if (reply.status < 300) return stateOf(reply.body, order);
  const definite = reply.status === 400 || reply.status === 404 || reply.status === 422;
  return { kind: definite ? 'rejected' : 'unknown', reason: reply.issue };
}

export async function queryPaypalRefund(client: PaypalClient, order: RefundOrder): Promise<RefundQueryResult> {
  if (order.reference) {
    const reply = await client.send('GET', `/v2/payments/refunds/${encodeURIComponent(order.reference)}`);
    if (typeof reply === 'string') return { kind: 'unknown', reason: reply };
    return reply.status === 200 ? stateOf(reply.body, order) : { kind: 'unknown', reason: reply.issue };
  }
  // Money whose order's number never reached us: the id of the request must do.
  if (order.attempt.reference === null) return { kind: 'not-found' };
  const reply = await client.send('GET', `/v2/checkout/orders/${encodeURIComponent(order.attempt.reference)}`);
  if (typeof reply === 'string') return { kind: 'unknown', reason: reply };
  // An order that is long past may be forgotten, its payment is not.
  if (reply.status === 404) return { kind: 'not-found' };
  if (reply.status !== 200) return { kind: 'unknown', reason: reply.issue };
  const units = Array.isArray(reply.body.purchase_units) ? reply.body.purchase_units : [];
  const payments = asObject(asObject(units[0])?.payments) ?? {};
  const refund = refundsOf(payments).find((one) => one.custom_id === order.refundNo);
  return refund ? stateOf(refund, order) : { kind: 'not-found' };
}

function stateOf(refund: Readonly<Record<string, unknown>>, order: RefundOrder): RefundResult {
  const { id, status } = refund;
  const amount = readAmount(refund.amount);
  if (typeof id !== 'string' || !theirNumber.test(id)) return { kind: 'unknown', reason: 'a refund we cannot read' };
  if (amount?.amountMinor !== order.amountMinor || amount.currency !== order.currency) {
    return { kind: 'unknown', reason: 'the refund at PayPal has another amount' };
  }
  if (status === 'COMPLETED') return { kind: 'succeeded', reference: id };
  if (status === 'FAILED' || status === 'CANCELLED') return { kind: 'rejected', reason: String(status) };
  return { kind: 'processing', reference: id };
}
