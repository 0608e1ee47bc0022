/** What PayPal's events mean. An approval is no money yet: it is fetched (captured) when the order is asked for. */
import type { CallbackVerdict } from '../../channel.ts';
import { asObject } from '../../wire/json-object.ts';
import { ourNumber, theirNumber } from '../epay/wire.ts';
import { readAmount } from './amounts.ts';
import { type PaypalAccount, payeeIsAnother } from './orders.ts';

type Values = Readonly<Record<string, unknown>>;

/** An event that is known to be PayPal's. */
export function eventVerdict(event: Values, account: PaypalAccount, raw: string): CallbackVerdict {
  const type = typeof event.event_type === 'string' ? event.event_type : '';
  const resource = asObject(event.resource);
  if (!resource) return { kind: 'rejected', reason: 'the event is about nothing' };
  switch (type) {
    case 'CHECKOUT.ORDER.APPROVED':
      return approved(resource, raw);
    case 'PAYMENT.CAPTURE.COMPLETED':
      return captured(resource, account, raw);
    case 'PAYMENT.CAPTURE.REFUNDED':
    case 'PAYMENT.CAPTURE.REVERSED':
      return refunded(resource, account, raw);
    case 'CUSTOMER.DISPUTE.CREATED':
      return disputed(resource, account, raw);
    default:
      return { kind: 'ignored', reason: type.slice(0, 60), raw };
  }
}

function approved(order: Values, raw: string): CallbackVerdict {
  const units = Array.isArray(order.purchase_units) ? order.purchase_units : [];
  const outTradeNo = asObject(units[0])?.custom_id;
  if (typeof outTradeNo !== 'string' || !ourNumber.test(outTradeNo)) {
    return { kind: 'ignored', reason: 'an order that is not ours', raw };
  }
  return { kind: 'ask', outTradeNo, reason: 'the payer has agreed', raw };
}

function captured(capture: Values, account: PaypalAccount, raw: string): CallbackVerdict {
  const { id: tradeNo, custom_id: outTradeNo } = capture;
  if (typeof outTradeNo !== 'string' || !ourNumber.test(outTradeNo)) {
    return { kind: 'ignored', reason: 'a payment that is not ours', raw };
  }
  if (payeeIsAnother(capture, account)) return { kind: 'rejected', reason: 'the money went to another merchant' };
  const amount = readAmount(capture.amount);
  if (typeof tradeNo !== 'string' || !theirNumber.test(tradeNo) || !amount || capture.status !== 'COMPLETED') {
    return { kind: 'rejected', reason: 'the payment cannot be read' };
  }
  const { code, merchant } = account;
  const payment = { channel: code, tradeNo, outTradeNo, ...amount, merchant, paidAt: null, raw };
  return { kind: 'paid', payment: { ...payment, source: 'callback' } };
}

/** A refund tells its payment by a link, and all that has gone back in its breakdown. */
function refunded(refund: Values, account: PaypalAccount, raw: string): CallbackVerdict {
  const amount = readAmount(refund.amount);
  const tradeNo = captureOf(refund);
  if (!amount || tradeNo === undefined) return { kind: 'rejected', reason: 'the refund cannot be read' };
  const total = readAmount(asObject(refund.seller_payable_breakdown)?.total_refunded_amount);
  const { custom_id: refundNo, status } = refund;
  if (status === 'PENDING') return { kind: 'ignored', reason: 'a refund on its way', raw };
  const notice = {
    channel: account.code,
    refundNo: typeof refundNo === 'string' && /^[0-9A-Z]{1,40}$/.test(refundNo) ? refundNo : null,
    outTradeNo: null,
    tradeNo,
    ...amount,
    totalRefundedMinor: total?.currency === amount.currency ? total.amountMinor : null,
    outcome: status === 'FAILED' || status === 'CANCELLED' ? 'rejected' : 'succeeded',
    raw,
  } as const;
  return { kind: 'refund', notice };
}

function captureOf(refund: Values): string | undefined {
  const links = Array.isArray(refund.links) ? refund.links : [];
  const up = links.map(asObject).find((link) => link?.rel === 'up')?.href;
  return /\/v2\/payments\/captures\/([0-9A-Za-z-]{1,64})$/.exec(typeof up === 'string' ? up : '')?.[1];
}

function disputed(dispute: Values, account: PaypalAccount, raw: string): CallbackVerdict {
  const amount = readAmount(dispute.dispute_amount);
  const { dispute_id: disputeNo, disputed_transactions: transactions, reason } = dispute;
  const trade = asObject(Array.isArray(transactions) ? transactions[0] : undefined)?.seller_transaction_id;
  if (!amount || typeof disputeNo !== 'string' || !theirNumber.test(disputeNo)) {
    return { kind: 'rejected', reason: 'the dispute cannot be read' };
  }
  const tradeNo = typeof trade === 'string' && theirNumber.test(trade) ? trade : null;
  const notice = { channel: account.code, disputeNo, outTradeNo: null, tradeNo, ...amount };
  return { kind: 'disputed', notice: { ...notice, reason: String(reason).slice(0, 100), raw } };
}
