/** Stripe's objects as its interface shows them, made from the books. */
import type { GatewayRefund, GatewayTrade } from '../books.ts';

export const seconds = (ms: number): number => Math.floor(ms / 1000);

export const intentId = (trade: GatewayTrade): string => `pi_${trade.tradeNo}`;
export const chargeId = (trade: GatewayTrade): string => `ch_${trade.tradeNo}`;

const metadata = (trade: GatewayTrade) => ({ out_trade_no: trade.extra.metadata ?? '' });

/** @param disagree says of a paid session that it is not */
export function sessionObject(trade: GatewayTrade, { expanded = false, disagree = false } = {}) {
  const paid = trade.status === 'paid' && !disagree;
  const intent = expanded ? intentObject(trade) : intentId(trade);
  return {
    id: trade.reference,
    object: 'checkout.session',
    amount_total: paid ? trade.paidMinor : trade.amountMinor,
    client_reference_id: trade.outTradeNo,
    created: seconds(trade.createdAt),
    currency: trade.currency.toLowerCase(),
    expires_at: seconds(trade.expiresAt ?? 0),
    livemode: false,
    metadata: metadata(trade),
    mode: 'payment',
    payment_intent: paid ? intent : null,
    payment_status: paid ? 'paid' : 'unpaid',
    status: paid ? 'complete' : trade.status === 'closed' ? 'expired' : 'open',
    success_url: trade.returnUrl,
    url: trade.status === 'waiting' ? (trade.extra.url ?? '') : null,
  };
}

function intentObject(trade: GatewayTrade) {
  return {
    id: intentId(trade),
    object: 'payment_intent',
    amount: trade.paidMinor,
    amount_received: trade.paidMinor,
    currency: trade.currency.toLowerCase(),
    latest_charge: chargeObject(trade),
    metadata: metadata(trade),
    status: 'succeeded',
  };
}

export function chargeObject(trade: GatewayTrade) {
  const back = trade.refunds.filter((one) => one.status === 'succeeded').reduce((sum, one) => sum + one.amountMinor, 0);
  return {
    id: chargeId(trade),
    object: 'charge',
    amount: trade.paidMinor,
    amount_refunded: back,
    created: seconds(trade.paidAt ?? 0),
    currency: trade.currency.toLowerCase(),
    livemode: false,
    metadata: metadata(trade),
    paid: true,
    payment_intent: intentId(trade),
    refunded: back === trade.paidMinor,
    status: 'succeeded',
  };
}

export function refundObject(trade: GatewayTrade, refund: GatewayRefund, { expanded = false } = {}) {
  const status = refund.status === 'processing' ? 'pending' : refund.status === 'succeeded' ? 'succeeded' : 'failed';
  return {
    id: `re_${refund.reference}`,
    object: 'refund',
    amount: refund.amountMinor,
    charge: expanded ? chargeObject(trade) : chargeId(trade),
    created: seconds(refund.createdAt),
    currency: trade.currency.toLowerCase(),
    metadata: refund.by === 'shop' ? { refund_no: refund.refundNo, out_trade_no: trade.outTradeNo } : {},
    payment_intent: intentId(trade),
    status,
  };
}

export function disputeObject(trade: GatewayTrade) {
  return {
    id: `dp_${trade.tradeNo}`,
    object: 'dispute',
    amount: trade.paidMinor,
    charge: chargeId(trade),
    currency: trade.currency.toLowerCase(),
    payment_intent: intentId(trade),
    reason: 'fraudulent',
    status: 'needs_response',
  };
}

export function listOf(path: string, data: readonly object[]) {
  return { object: 'list', data, has_more: false, url: path };
}
