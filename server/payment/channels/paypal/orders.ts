/** Reads an order as PayPal shows it: its state, the payment in it, and what of that went back. */
import type { VerifiedPayment } from '../../channel.ts';
import { asObject } from '../../wire/json-object.ts';
import { theirNumber } from '../epay/wire.ts';
import { readAmount } from './amounts.ts';

type Values = Readonly<Record<string, unknown>>;

export interface PaypalAccount {
  /** Of our channel, for the payment's record. */
  code: string;
  merchant: string;
  /** The payee that money must go to, where the settings name one. */
  merchantId: string | undefined;
}

export type OrderState =
  | { kind: 'paid'; payment: VerifiedPayment; refundedMinor: number }
  /** The payer has agreed; the money waits to be fetched. */
  | { kind: 'approved' }
  | { kind: 'waiting' }
  | { kind: 'voided' }
  | { kind: 'unreadable'; reason: string };

export function orderState(order: Values, outTradeNo: string, account: PaypalAccount): OrderState {
  const unit = asObject((Array.isArray(order.purchase_units) ? order.purchase_units : [])[0]);
  if (unit?.custom_id !== outTradeNo) return unreadable('an order of another payment');
  if (payeeIsAnother(unit, account)) return unreadable('the money goes to another merchant');
  const payments = asObject(unit.payments);
  const captures = (Array.isArray(payments?.captures) ? payments.captures : []).map(asObject);
  const capture = captures.find((one) => isMoney(one?.status));
  if (capture) return paidState(capture, payments ?? {}, order, outTradeNo, account);
  if (order.status === 'APPROVED') return { kind: 'approved' };
  if (order.status === 'VOIDED') return { kind: 'voided' };
  const waits = ['CREATED', 'SAVED', 'PAYER_ACTION_REQUIRED', 'COMPLETED'];
  return waits.includes(String(order.status)) ? { kind: 'waiting' } : unreadable(`status ${String(order.status)}`);
}

const isMoney = (status: unknown) => status === 'COMPLETED' || status === 'PARTIALLY_REFUNDED' || status === 'REFUNDED';

function paidState(
  capture: Values,
  payments: Values,
  order: Values,
  outTradeNo: string,
  { code, merchant }: PaypalAccount,
): OrderState {
  const amount = readAmount(capture.amount);
  const { id: tradeNo } = capture;
  if (!amount || typeof tradeNo !== 'string' || !theirNumber.test(tradeNo)) return unreadable('a payment');
  const raw = JSON.stringify(order);
  const payment = { channel: code, tradeNo, outTradeNo, ...amount, merchant, paidAt: null, raw };
  return { kind: 'paid', payment: { ...payment, source: 'query' }, refundedMinor: refundedOf(payments) };
}

function refundedOf(payments: Values): number {
  return refundsOf(payments).reduce((sum, one) => {
    const back = one.status === 'COMPLETED' ? readAmount(one.amount) : undefined;
    return sum + (back?.amountMinor ?? 0);
  }, 0);
}

export function refundsOf(payments: Values): Values[] {
  return (Array.isArray(payments.refunds) ? payments.refunds : []).map(asObject).filter((one) => one !== undefined);
}

export function payeeIsAnother(holder: Values, { merchantId }: PaypalAccount): boolean {
  return merchantId !== undefined && asObject(holder.payee)?.merchant_id !== merchantId;
}

function unreadable(reason: string): OrderState {
  return { kind: 'unreadable', reason: reason.slice(0, 100) };
}
