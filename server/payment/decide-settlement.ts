/**
 * Pure: an order as it stands under its lock + one verified payment -> what must happen. The one place where money meets
 * an order; callbacks, queries, bills and people all end here.
 *
 *   order            right amount                        wrong amount or currency
 *   pending          deliver (its cards are reserved)    review: amount_mismatch, cards go back on sale
 *   expired,
 *   cancelled        deliver from stock, else            review: amount_mismatch
 *                    review: out_of_stock
 *   paid, delivered,
 *   review, refunded give it back: the first payment is kept
 *   no such order    review: unknown_order
 *
 * Money that came through another channel, or too late for a network that knows payments only by amount, is a review too.
 */
import type { ReviewKind } from '../../contract/states.ts';
import type { Order } from '../order/order.ts';
import type { VerifiedPayment } from './channel.ts';
import type { Payment } from './payment.ts';

export type Settlement =
  | { kind: 'deliver'; fromStock: boolean }
  | { kind: 'review'; review: Extract<ReviewKind, 'amount_mismatch' | 'evidence_conflict'> }
  | { kind: 'surplus' }
  | { kind: 'unknown-order' };

export function decideSettlement(
  order: Order | undefined,
  attempt: Payment | undefined,
  payment: VerifiedPayment,
  now: number,
): Settlement {
  if (!order) return { kind: 'unknown-order' };
  if (
    order.status === 'paid' ||
    order.status === 'delivered' ||
    order.status === 'review' ||
    order.status === 'refunded'
  ) {
    return { kind: 'surplus' };
  }
  // Genuine money, but through another channel than the one this attempt was opened with: no channel of ours does that.
  if (attempt && attempt.channel !== payment.channel) return { kind: 'review', review: 'evidence_conflict' };
  if (attempt && isLate(attempt, payment, now)) return { kind: 'review', review: 'evidence_conflict' };
  const owed = attempt?.amountMinor ?? order.totalMinor;
  if (payment.amountMinor !== owed || owed !== order.totalMinor || payment.currency !== order.currency) {
    return { kind: 'review', review: 'amount_mismatch' };
  }
  return { kind: 'deliver', fromStock: order.status !== 'pending' };
}

/** A network that tells payments apart by their amount gives one amount to the next order after a while. */
function isLate(attempt: Payment, { matchedWithinMs, paidAt }: VerifiedPayment, now: number): boolean {
  return matchedWithinMs !== undefined && (paidAt ?? now) > attempt.createdAt + matchedWithinMs;
}
