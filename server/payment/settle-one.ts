/** One payment against its order, as decide-settlement.ts has decided: noted in the plan, nothing written yet. */
import type { Order } from '../order/order.ts';
import type { VerifiedPayment } from './channel.ts';
import { decideSettlement, type Settlement } from './decide-settlement.ts';
import { issueOrder } from './issue-order.ts';
import { orderIdOf, type Payment, surplusRefundNo } from './payment.ts';
import type { NewRefund } from './refund-store.ts';
import type { NewReviewCase } from './review-store.ts';
import type { SettleOutcome } from './settle-payments.ts';
import {
  addStock,
  changeOrder,
  type SettlementFacts,
  type SettlementPlan,
  takeSalePiecesAgain,
} from './settlement-plan.ts';

/** Decides one payment and notes in the plan what must be written. */
export function settleOne(
  plan: SettlementPlan,
  facts: SettlementFacts & { shelf: Map<number, number[]> },
  payment: VerifiedPayment,
  // Only a number in our own form names an order: what merely begins like one must not hang on who shares the batch.
  orderId = orderIdOf(payment.outTradeNo) ?? '',
): SettleOutcome {
  const order = plan.orders.get(orderId)?.after ?? facts.orders.get(orderId);
  const known = plan.payments.get(payment.outTradeNo)?.after ?? facts.attempts.get(payment.outTradeNo);
  const decision = decideSettlement(order, known, payment, facts.now);
  if (!order || decision.kind === 'unknown-order') {
    plan.evidence.push({ payment, orderId: null, outcome: 'unknown_order' });
    plan.reviews.push(reviewOf('unknown_order', payment, null, {}));
    return { kind: 'review', orderId: null };
  }
  receive(plan, facts, order, known, payment);
  if (decision.kind === 'surplus') return giveBack(plan, order, payment);
  if (decision.kind === 'review') return toReview(plan, facts, order, payment, decision.review);
  return deliver(plan, facts, order, payment);
}

/** The money itself, whatever becomes of it: on the attempt and on the order. */
function receive(
  plan: SettlementPlan,
  facts: SettlementFacts,
  order: Order,
  known: Payment | undefined,
  payment: VerifiedPayment,
): void {
  const attempt: Payment = known ?? {
    id: payment.outTradeNo,
    orderId: order.id,
    attemptNo: Number(payment.outTradeNo.slice(28)),
    channel: payment.channel,
    reference: null,
    status: 'pending',
    amountMinor: order.totalMinor,
    currency: order.currency,
    receivedMinor: 0,
    refundedMinor: 0,
    tradeNo: null,
    action: null,
    createdAt: facts.now,
    nextQueryAt: null,
    queryCount: 0,
    version: 0,
  };
  const sameCurrency = payment.currency === attempt.currency;
  plan.payments.set(attempt.id, {
    before: plan.payments.has(attempt.id) ? plan.payments.get(attempt.id)?.before : facts.attempts.get(attempt.id),
    after: {
      ...attempt,
      status: attempt.status === 'refunding' || attempt.status === 'refunded' ? attempt.status : 'succeeded',
      receivedMinor: attempt.receivedMinor + (sameCurrency ? payment.amountMinor : 0),
      tradeNo: attempt.tradeNo ?? payment.tradeNo,
      nextQueryAt: null,
    },
  });
  const receivedMinor = order.receivedMinor + (payment.currency === order.currency ? payment.amountMinor : 0);
  changeOrder(plan, facts, { ...order, receivedMinor });
}

function giveBack(plan: SettlementPlan, order: Order, payment: VerifiedPayment): SettleOutcome {
  plan.evidence.push({ payment, orderId: order.id, outcome: 'surplus' });
  const refund: NewRefund = {
    refundNo: surplusRefundNo(payment.outTradeNo, payment.tradeNo),
    orderId: order.id,
    paymentId: payment.outTradeNo,
    channel: payment.channel,
    tradeNo: payment.tradeNo,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    mode: 'channel',
    reason: 'the order had already been paid',
    requestedBy: 'system',
  };
  plan.refunds.push(refund);
  plan.messages.push({ id: `refund:${refund.refundNo}`, topic: 'refund', payload: { refundNo: refund.refundNo } });
  return { kind: 'surplus', orderId: order.id };
}

function toReview(
  plan: SettlementPlan,
  facts: SettlementFacts & { shelf: Map<number, number[]> },
  order: Order,
  payment: VerifiedPayment,
  kind: Extract<Settlement, { kind: 'review' }>['review'] | 'out_of_stock',
): SettleOutcome {
  const current = plan.orders.get(order.id)?.after ?? order;
  plan.evidence.push({ payment, orderId: order.id, outcome: kind });
  plan.reviews.push(
    reviewOf(kind, payment, order.id, { expectedMinor: order.totalMinor, expectedCurrency: order.currency }),
  );
  // One cent must not keep cards off the shelf until somebody looks.
  const freed = facts.locked.get(order.id) ?? [];
  plan.released.push(...freed);
  for (const card of freed) {
    addStock(plan, card.sku_id, 1);
    // On sale from this moment, for a late payment further down the batch too: releases are written before new locks.
    const shelf = facts.shelf.get(card.sku_id);
    if (shelf) shelf.push(card.id);
    else facts.shelf.set(card.sku_id, [card.id]);
  }
  changeOrder(plan, facts, { ...current, status: 'review', paidAt: facts.now });
  return { kind: 'review', orderId: order.id };
}

function deliver(
  plan: SettlementPlan,
  facts: SettlementFacts & { shelf: Map<number, number[]> },
  order: Order,
  payment: VerifiedPayment,
): SettleOutcome {
  const current = plan.orders.get(order.id)?.after ?? order;
  if (!takeSalePiecesAgain(plan, facts, current) || !issueOrder(plan, facts, current)) {
    return toReview(plan, facts, order, payment, 'out_of_stock');
  }
  plan.evidence.push({ payment, orderId: order.id, outcome: 'settled' });
  return { kind: 'settled', orderId: order.id };
}

function reviewOf(
  kind: NewReviewCase['kind'],
  payment: VerifiedPayment,
  orderId: string | null,
  extra: Record<string, unknown>,
): NewReviewCase {
  const { amountMinor, currency, channel, merchant } = payment;
  return {
    kind,
    about: orderId ?? `${channel}:${payment.tradeNo}`,
    orderId,
    paymentId: payment.outTradeNo,
    tradeNo: payment.tradeNo,
    detail: { channel, merchant, receivedMinor: amountMinor, currency, ...extra },
  };
}
