/** Payment attempts, refunds, and their numbers. Pure. */
import { createHash } from 'node:crypto';
import type { PaymentAction, PaymentView } from '../../contract/shop.ts';
import type { PaymentStatus, RefundStatus } from '../../contract/states.ts';
import type { AttemptRef } from './channel.ts';

export interface Payment {
  /** Also the number the channel knows it by. */
  id: string;
  orderId: string;
  attemptNo: number;
  channel: string;
  /** What the channel called it when it was created. */
  reference: string | null;
  status: PaymentStatus;
  amountMinor: number;
  currency: string;
  receivedMinor: number;
  refundedMinor: number;
  tradeNo: string | null;
  action: PaymentAction | null;
  createdAt: number;
  nextQueryAt: number | null;
  queryCount: number;
  version: number;
}

export interface Refund {
  refundNo: string;
  orderId: string;
  paymentId: string;
  channel: string;
  tradeNo: string;
  amountMinor: number;
  currency: string;
  status: RefundStatus;
  mode: 'channel' | 'recorded';
  reason: string;
  requestedBy: string;
  /** What the channel called it when it took it in. */
  reference: string | null;
  createdAt: number;
  attempts: number;
  version: number;
}

/** Attempts are numbered 01 to 99; a buyer who needs more than this many is not buying. */
export const maxAttempts = 20;

export function paymentId(orderId: string, attemptNo: number): string {
  return orderId + String(attemptNo).padStart(2, '0');
}

/** The attempt as its channel is asked about it. */
export function attemptRef(payment: Payment): AttemptRef {
  const { id, reference, createdAt, amountMinor, currency, tradeNo } = payment;
  return { outTradeNo: id, reference, createdAt, amountMinor, currency, tradeNo };
}

/** The order an attempt number belongs to, or undefined when it is none of ours. */
export function orderIdOf(outTradeNo: string): string | undefined {
  return /^[0-9A-Z]{28}\d{2}$/.test(outTradeNo) ? outTradeNo.slice(0, 28) : undefined;
}

/** The refund of a surplus payment: the same trade always gets the same number, however often it is decided. */
export function surplusRefundNo(outTradeNo: string, tradeNo: string): string {
  return `${outTradeNo}S${createHash('sha256').update(tradeNo).digest('hex').slice(0, 8).toUpperCase()}`.slice(-40);
}

export function refundNo(outTradeNo: string, sequence: number): string {
  return `${outTradeNo}R${String(sequence).padStart(2, '0')}`;
}

export function paymentView(payment: Payment, action: PaymentAction): PaymentView {
  return {
    id: payment.id,
    outTradeNo: payment.id,
    channel: payment.channel,
    status: payment.status,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    action,
  };
}

/** After creation, an attempt is asked about at 15 s, 30 s, 1 m, 2 m, 5 m, then every 5 m; after 2 h hourly, to 48 h. */
const querySteps = [15_000, 30_000, 60_000, 120_000, 300_000];
const everyMs = 300_000;
const hourlyAfterMs = 2 * 3_600_000;
const giveUpAfterMs = 48 * 3_600_000;

/** While a channel is blocked, its callbacks are not to be relied on. */
const hardMs = 30_000;

/** When to ask next, or null when there is nothing left to ask. `queryCount` is how often it was asked already. @param harder the channel is in trouble */
export function nextQueryAt(createdAt: number, queryCount: number, nowMs: number, harder = false): number | null {
  const age = nowMs - createdAt;
  if (age > giveUpAfterMs) return null;
  const step = querySteps[queryCount];
  if (step !== undefined) return Math.max(createdAt + step, nowMs + 1000);
  if (harder && age <= hourlyAfterMs) return nowMs + hardMs;
  return nowMs + (age > hourlyAfterMs ? 3_600_000 : everyMs);
}

/** Ages at which an attempt that has ended is looked at once more. */
const looks = [1, 6, 24, 47].map((hours) => hours * 3_600_000);

/**
 * An end can be wrong: the network's answer was, or it was paid after all and the callback never came. So an attempt that
 * has ended without money is still asked about a few times, while the network knows it. Null when that is over.
 */
export function lookAgainAt(createdAt: number, nowMs: number): number | null {
  const next = looks.find((age) => createdAt + age > nowMs);
  return next === undefined ? null : createdAt + next;
}
