/**
 * Money that named no order of ours is given the order it was meant for. The trade keeps its own number, so the channel's
 * repeats, queries and refunds of it go on working; from here on it is an attempt of that order, settled as any other.
 */
import { lockedCardsOf, pickCards } from '../card/reservation-store.ts';
import { lockOrder } from '../order/order-store.ts';
import type { Tx } from '../platform/db/database.ts';
import type { VerifiedPayment } from './channel.ts';
import { decideSettlement } from './decide-settlement.ts';
import { evidenceKey, findEvidence, giveEvidenceOrder } from './evidence-store.ts';
import type { Payment } from './payment.ts';
import { insertPayments, paymentsOfOrders } from './payment-store.ts';
import { stockWishes } from './plan-settlements.ts';
import type { Step } from './review-actions.ts';
import type { ReviewCase } from './review-store.ts';
import { settleOne } from './settle-one.ts';
import type { SettleDeps } from './settle-payments.ts';
import { emptyPlan } from './settlement-plan.ts';
import { writeSettlements } from './write-settlements.ts';

const no = (reason: string): Step => ({ kind: 'not-possible', reason });

export async function linkMoney(
  tx: Tx,
  deps: SettleDeps,
  found: ReviewCase,
  orderId: string | undefined,
): Promise<Step> {
  if (found.kind !== 'unknown_order' || !found.tradeNo) return no('Only money without an order can be linked to one.');
  const order = orderId ? await lockOrder(tx, orderId) : undefined;
  if (!order) return no('There is no such order.');
  const key = { channel: String(found.detail.channel), tradeNo: found.tradeNo };
  const evidence = (await findEvidence(tx, [key])).get(evidenceKey(key.channel, key.tradeNo));
  if (!evidence || evidence.order_id !== null) return no('That money belongs to an order already.');
  const now = deps.clock.now();
  const before = await paymentsOfOrders(tx, [order.id]);
  const attempt: Payment = {
    id: evidence.payment_id,
    orderId: order.id,
    attemptNo: Math.max(0, ...before.map((one) => one.attemptNo)) + 1,
    channel: key.channel,
    reference: null,
    status: 'pending',
    amountMinor: order.totalMinor,
    currency: order.currency,
    receivedMinor: 0,
    refundedMinor: 0,
    tradeNo: null,
    action: null,
    createdAt: evidence.received_at,
    nextQueryAt: null,
    queryCount: 0,
    version: 0,
  };
  const payment: VerifiedPayment = {
    ...key,
    outTradeNo: evidence.payment_id,
    amountMinor: evidence.amount_minor,
    currency: evidence.currency,
    merchant: evidence.merchant,
    paidAt: evidence.paid_at,
    source: 'manual',
    raw: '',
  };
  if (decideSettlement(order, attempt, payment, now).kind !== 'deliver')
    return no('The order has been paid already, or its amount is another one.');
  await insertPayments(tx, [attempt], now);
  const facts = {
    orders: new Map([[order.id, order]]),
    onRecord: new Map(),
    attempts: new Map([[attempt.id, attempt]]),
    locked: Map.groupBy(await lockedCardsOf(tx, [order.id]), (card) => card.order_id),
    now,
    mailEnabled: deps.mailEnabled,
  };
  // Its own number names no order, so the wishes are those of the order's first attempt.
  const shelf = await pickCards(tx, deps.region, stockWishes(facts, [{ ...payment, outTradeNo: `${order.id}01` }]));
  const plan = emptyPlan(now);
  const outcome = settleOne(plan, { ...facts, shelf }, payment, order.id);
  if (outcome.kind !== 'settled') return no('Not enough stock is left.');
  plan.evidence = [];
  await giveEvidenceOrder(tx, key, order.id, 'settled');
  await writeSettlements(tx, plan);
  return { kind: 'done', plan };
}
