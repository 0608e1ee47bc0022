/**
 * Pure: the facts read under lock + the payments of a batch -> everything that must be written. Payments are taken one
 * after another, each seeing what the one before did to its order.
 */
import type { CardWish } from '../card/reservation-store.ts';
import type { VerifiedPayment } from './channel.ts';
import { type Evidence, evidenceKey } from './evidence-store.ts';
import { orderIdOf } from './payment.ts';
import { settleOne } from './settle-one.ts';
import { emptyPlan, missingCards, type SettlementFacts, type SettlementPlan } from './settlement-plan.ts';

/** Cards that must come from the shelf: for orders whose reservation is gone. */
export function stockWishes(facts: SettlementFacts, payments: readonly VerifiedPayment[]): CardWish[] {
  const wishes = new Map<number, number>();
  for (const order of new Set(
    payments.flatMap((payment) => facts.orders.get(orderIdOf(payment.outTradeNo) ?? '') ?? []),
  )) {
    if (!['pending', 'expired', 'cancelled'].includes(order.status)) continue;
    for (const [skuId, count] of missingCards(order, facts.locked.get(order.id) ?? []))
      wishes.set(skuId, (wishes.get(skuId) ?? 0) + count);
  }
  return [...wishes].map(([skuId, count]) => ({ skuId, count }));
}

export function planSettlements(
  facts: SettlementFacts & { shelf: Map<number, number[]> },
  payments: readonly VerifiedPayment[],
): SettlementPlan {
  const plan = emptyPlan(facts.now);
  const seen = new Map<string, VerifiedPayment>();
  for (const payment of payments) {
    const key = evidenceKey(payment.channel, payment.tradeNo);
    const before = facts.onRecord.get(key);
    const sibling = seen.get(key);
    if (before || sibling) {
      noteRepeat(plan, payment, before, sibling);
      continue;
    }
    seen.set(key, payment);
    plan.outcomes.set(key, settleOne(plan, facts, payment));
  }
  return plan;
}

/** The same trade again: nothing to do, unless it says something else this time. */
function noteRepeat(
  plan: SettlementPlan,
  payment: VerifiedPayment,
  before: Evidence | undefined,
  sibling: VerifiedPayment | undefined,
): void {
  const key = evidenceKey(payment.channel, payment.tradeNo);
  const first = before
    ? {
        amountMinor: before.amount_minor,
        currency: before.currency,
        outTradeNo: before.payment_id,
        orderId: before.order_id,
      }
    : { ...(sibling as VerifiedPayment), orderId: plan.outcomes.get(key)?.orderId ?? null };
  if (before) plan.outcomes.set(key, { kind: 'duplicate', orderId: before.order_id });
  const same =
    first.amountMinor === payment.amountMinor &&
    first.currency === payment.currency &&
    first.outTradeNo === payment.outTradeNo;
  if (same) return;
  plan.reviews.push({
    kind: 'evidence_conflict',
    about: `${payment.channel}:${payment.tradeNo}`,
    orderId: first.orderId,
    paymentId: first.outTradeNo,
    tradeNo: payment.tradeNo,
    detail: { first, second: { ...payment, raw: undefined } },
  });
}
