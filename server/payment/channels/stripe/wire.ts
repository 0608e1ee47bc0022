/** What Stripe's objects mean to us. Events come doubled and in any order, and about everything else in the account too. */
import type { CallbackRequest, CallbackVerdict, QueryResult, VerifiedPayment } from '../../channel.ts';
import { asObject, jsonObject } from '../../wire/json-object.ts';
import { ourNumber } from '../epay/wire.ts';
import { fromStripe } from './amounts.ts';
import { whyNotSigned } from './signature.ts';

type Values = Readonly<Record<string, unknown>>;

export interface StripeAccount {
  /** Of our channel, for the payment's record. */
  code: string;
  merchant: string;
  webhookSecret: string;
  /** Test and real events may share an address; they are never to be mixed. */
  livemode: boolean;
}

export function verifyStripeEvent(request: CallbackRequest, account: StripeAccount, nowMs: number): CallbackVerdict {
  if (request.method !== 'POST') return rejected('not a POST');
  const header = request.headers['stripe-signature'];
  const reason = whyNotSigned(request.rawBody, header, account.webhookSecret, nowMs);
  if (reason) return rejected(reason);
  const event = jsonObject(request.rawBody);
  if (event?.object !== 'event' || typeof event.type !== 'string') return rejected('the body is no event');
  return eventVerdict(event, account, request.rawBody.toString('utf8'));
}

/** An event that is known to be Stripe's. */
export function eventVerdict(
  event: Values,
  account: Omit<StripeAccount, 'webhookSecret'>,
  raw: string,
): CallbackVerdict {
  if (event.livemode !== account.livemode) return rejected('an event of the other mode (test or live)');
  const subject = asObject(asObject(event.data)?.object);
  if (!subject) return rejected('the event is about nothing');
  const type = String(event.type);
  if (type.startsWith('checkout.session.')) return sessionVerdict(type, subject, account, raw);
  if (type === 'charge.refunded') return refundedVerdict(subject, account, raw);
  if (type === 'refund.updated' || type === 'refund.failed' || type === 'charge.refund.updated') {
    return ownRefundVerdict(subject, account, raw);
  }
  if (type === 'charge.dispute.created') return disputeVerdict(subject, account, raw);
  return { kind: 'ignored', reason: type.slice(0, 60), raw };
}

function sessionVerdict(
  type: string,
  session: Values,
  account: Omit<StripeAccount, 'webhookSecret'>,
  raw: string,
): CallbackVerdict {
  const outTradeNo = session.client_reference_id;
  if (typeof outTradeNo !== 'string' || !ourNumber.test(outTradeNo)) {
    return { kind: 'ignored', reason: 'a session that is not ours', raw };
  }
  if (type === 'checkout.session.async_payment_failed') {
    return { kind: 'failed', outTradeNo, reason: 'the payment failed after checkout', raw };
  }
  if (type === 'checkout.session.expired') return { kind: 'failed', outTradeNo, reason: 'the session expired', raw };
  if (session.payment_status !== 'paid') {
    return { kind: 'ignored', reason: `${type}, ${String(session.payment_status).slice(0, 30)}`, raw };
  }
  const payment = paymentOf(session, outTradeNo, account, 'callback', raw);
  return payment ? { kind: 'paid', payment } : rejected('the session cannot be read');
}

/** The payment of a session that is paid; undefined when something about it is missing. */
export function paymentOf(
  session: Values,
  outTradeNo: string,
  { code, merchant }: Pick<StripeAccount, 'code' | 'merchant'>,
  source: VerifiedPayment['source'],
  raw: string,
): VerifiedPayment | undefined {
  const tradeNo = idOf(session.payment_intent);
  const currency = String(session.currency).toUpperCase();
  const amountMinor = fromStripe(session.amount_total, currency);
  if (tradeNo === undefined || amountMinor === undefined || !/^[A-Z]{3}$/.test(currency)) return undefined;
  return { channel: code, tradeNo, outTradeNo, amountMinor, currency, merchant, paidAt: null, source, raw };
}

/** All that has gone back of a charge, by whomever. */
function refundedVerdict(charge: Values, account: Pick<StripeAccount, 'code'>, raw: string): CallbackVerdict {
  const outTradeNo = asObject(charge.metadata)?.out_trade_no;
  if (typeof outTradeNo !== 'string') return { kind: 'ignored', reason: 'a charge that is not ours', raw };
  const currency = String(charge.currency).toUpperCase();
  const totalRefundedMinor = fromStripe(charge.amount_refunded, currency);
  const tradeNo = idOf(charge.payment_intent);
  if (totalRefundedMinor === undefined || tradeNo === undefined) return rejected('the charge cannot be read');
  const notice = { channel: account.code, refundNo: null, outTradeNo, tradeNo, amountMinor: null, totalRefundedMinor };
  return { kind: 'refund', notice: { ...notice, currency, outcome: 'succeeded', raw } };
}

/** A refund of ours carries its number; others are told of by their charge. */
function ownRefundVerdict(refund: Values, account: Pick<StripeAccount, 'code'>, raw: string): CallbackVerdict {
  const metadata = asObject(refund.metadata);
  const status = refund.status;
  const ended = status === 'succeeded' || status === 'failed' || status === 'canceled';
  if (typeof metadata?.refund_no !== 'string' || !ended) {
    return { kind: 'ignored', reason: `a refund, ${String(status).slice(0, 30)}`, raw };
  }
  const currency = String(refund.currency).toUpperCase();
  const amountMinor = fromStripe(refund.amount, currency);
  if (amountMinor === undefined) return rejected('the refund cannot be read');
  const notice = {
    channel: account.code,
    refundNo: metadata.refund_no,
    outTradeNo: typeof metadata.out_trade_no === 'string' ? metadata.out_trade_no : null,
    tradeNo: idOf(refund.payment_intent) ?? null,
    amountMinor,
    totalRefundedMinor: null,
    currency,
    outcome: status === 'succeeded' ? 'succeeded' : 'rejected',
    raw,
  } as const;
  return { kind: 'refund', notice };
}

function disputeVerdict(dispute: Values, account: Pick<StripeAccount, 'code'>, raw: string): CallbackVerdict {
  const currency = String(dispute.currency).toUpperCase();
  const amountMinor = fromStripe(dispute.amount, currency);
  const disputeNo = idOf(dispute.id);
  if (amountMinor === undefined || disputeNo === undefined) return rejected('the dispute cannot be read');
  const tradeNo = idOf(dispute.payment_intent) ?? null;
  const reason = String(dispute.reason).slice(0, 100);
  const notice = { channel: account.code, disputeNo, outTradeNo: null, tradeNo, amountMinor, currency, reason, raw };
  return { kind: 'disputed', notice };
}

/** What a session tells when it is asked for, with its payment's latest charge inside. */
export function sessionState(
  session: Values,
  outTradeNo: string,
  account: Pick<StripeAccount, 'code' | 'merchant'>,
): QueryResult {
  if (session.client_reference_id !== outTradeNo) return { kind: 'unknown', reason: 'a session of another order' };
  if (session.payment_status === 'paid') {
    const payment = paymentOf(session, outTradeNo, account, 'query', JSON.stringify(session));
    if (!payment) return { kind: 'unknown', reason: 'the session cannot be read' };
    const charge = asObject(asObject(session.payment_intent)?.latest_charge);
    const refundedMinor = fromStripe(charge?.amount_refunded ?? 0, payment.currency) ?? 0;
    return refundedMinor > 0 ? { kind: 'refunded', payment, refundedMinor } : { kind: 'paid', payment };
  }
  if (session.status === 'expired') return { kind: 'closed' };
  return session.status === 'open' || session.status === 'complete'
    ? { kind: 'unpaid' }
    : { kind: 'unknown', reason: `status ${String(session.status).slice(0, 30)}` };
}

/** References are ids, or the whole object where it was asked for. */
export function idOf(value: unknown): string | undefined {
  const id = typeof value === 'string' ? value : asObject(value)?.id;
  return typeof id === 'string' && /^[\x21-\x7e]{1,64}$/.test(id) ? id : undefined;
}

function rejected(reason: string): CallbackVerdict {
  return { kind: 'rejected', reason };
}
