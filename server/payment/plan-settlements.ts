/**
 * Pure: the facts read under lock + the payments of a batch -> everything that must be written. Payments are taken one
 * after another, each seeing what the one before did to its order.
 */
import type { CardIssue, CardWish, LockedCard } from '../card/reservation-store.ts';
import { cardsNeeded, isAutomatic, isMailAddress, type Order, type OrderLine } from '../order/order.ts';
import type { IssueRecord } from '../platform/journal/issue-journal.ts';
import type { VerifiedPayment } from './channel.ts';
import { decideSettlement, type Settlement } from './decide-settlement.ts';
import { type Evidence, evidenceKey } from './evidence-store.ts';
import { type Payment, surplusRefundNo } from './payment.ts';
import type { NewRefund } from './refund-store.ts';
import type { NewReviewCase } from './review-store.ts';
import type { SettleOutcome } from './settle-payments.ts';

export interface SettlementFacts {
  orders: ReadonlyMap<string, Order>;
  onRecord: ReadonlyMap<string, Evidence>;
  attempts: ReadonlyMap<string, Payment>;
  /** Cards that are locked for each of the orders. */
  locked: ReadonlyMap<string, LockedCard[]>;
  now: number;
  mailEnabled: boolean;
}

export interface SettlementPlan {
  now: number;
  outcomes: Map<string, SettleOutcome>;
  evidence: { payment: VerifiedPayment; orderId: string | null; outcome: string }[];
  orders: Map<string, { before: Order; after: Order }>;
  payments: Map<string, { before: Payment | undefined; after: Payment }>;
  /** Cards taken from the shelf for late payments: locked and issued in one go. */
  taken: { cardId: number; orderId: string }[];
  released: LockedCard[];
  issues: CardIssue[];
  loopLines: { orderId: string; lineNo: number; skuId: number; quantity: number }[];
  deliveredLines: { orderId: string; lineNos: number[] }[];
  refunds: NewRefund[];
  reviews: NewReviewCase[];
  messages: { id: string; topic: string; payload: Record<string, unknown> }[];
  stockChanges: Map<number, number>;
  issuedBefore: IssueRecord[];
}

/** Cards that must come from the shelf: for orders whose reservation is gone. */
export function stockWishes(facts: SettlementFacts, payments: readonly VerifiedPayment[]): CardWish[] {
  const wishes = new Map<number, number>();
  for (const order of new Set(payments.flatMap((payment) => facts.orders.get(payment.outTradeNo.slice(0, 28)) ?? []))) {
    if (!['pending', 'expired', 'cancelled'].includes(order.status)) continue;
    for (const [skuId, count] of missingCards(order, facts.locked.get(order.id) ?? [])) wishes.set(skuId, (wishes.get(skuId) ?? 0) + count);
  }
  return [...wishes].map(([skuId, count]) => ({ skuId, count }));
}

export function planSettlements(
  facts: SettlementFacts & { shelf: Map<number, number[]> },
  payments: readonly VerifiedPayment[],
): SettlementPlan {
  const plan: SettlementPlan = {
    now: facts.now,
    outcomes: new Map(),
    evidence: [],
    orders: new Map(),
    payments: new Map(),
    taken: [],
    released: [],
    issues: [],
    loopLines: [],
    deliveredLines: [],
    refunds: [],
    reviews: [],
    messages: [],
    stockChanges: new Map(),
    issuedBefore: [],
  };
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
    : { ...(sibling as VerifiedPayment), orderId: null };
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
    detail: { first: { ...first }, then: { ...payment, raw: undefined } },
  });
}

function settleOne(
  plan: SettlementPlan,
  facts: SettlementFacts & { shelf: Map<number, number[]> },
  payment: VerifiedPayment,
): SettleOutcome {
  const orderId = payment.outTradeNo.slice(0, 28);
  const order = plan.orders.get(orderId)?.after ?? facts.orders.get(orderId);
  const known = plan.payments.get(payment.outTradeNo)?.after ?? facts.attempts.get(payment.outTradeNo);
  const decision = decideSettlement(order, known, payment);
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
  facts: SettlementFacts,
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
  for (const card of freed) addStock(plan, card.sku_id, 1);
  changeOrder(plan, facts, { ...current, status: 'review', paidAt: facts.now });
  return { kind: 'review', orderId: order.id };
}

function deliver(
  plan: SettlementPlan,
  facts: SettlementFacts & { shelf: Map<number, number[]> },
  order: Order,
  payment: VerifiedPayment,
): SettleOutcome {
  const missing = missingCards(order, facts.locked.get(order.id) ?? []);
  for (const [skuId, count] of missing) {
    if ((facts.shelf.get(skuId)?.length ?? 0) < count) return toReview(plan, facts, order, payment, 'out_of_stock');
  }
  const cards = (facts.locked.get(order.id) ?? []).map((card) => ({ id: card.id, skuId: card.sku_id }));
  for (const [skuId, count] of missing) {
    for (const cardId of (facts.shelf.get(skuId) as number[]).splice(0, count)) {
      plan.taken.push({ cardId, orderId: order.id });
      cards.push({ id: cardId, skuId });
      addStock(plan, skuId, -1);
    }
  }
  issueLines(plan, order, cards);
  const current = plan.orders.get(order.id)?.after ?? order;
  const complete = order.lines.every(isAutomatic);
  plan.evidence.push({ payment, orderId: order.id, outcome: 'settled' });
  changeOrder(plan, facts, {
    ...current,
    status: complete ? 'delivered' : 'paid',
    paidAt: facts.now,
    deliveredAt: complete ? facts.now : null,
  });
  if (!complete) {
    const lineNos = order.lines.filter(isAutomatic).map((line) => line.lineNo);
    if (lineNos.length > 0) plan.deliveredLines.push({ orderId: order.id, lineNos });
  }
  if (facts.mailEnabled && isMailAddress(order.contact)) {
    const template = complete ? 'delivered' : 'paid';
    plan.messages.push({ id: `mail:${template}:${order.id}`, topic: 'mail', payload: { template, orderId: order.id } });
  }
  return { kind: 'settled', orderId: order.id };
}

function issueLines(plan: SettlementPlan, order: Order, cards: { id: number; skuId: number }[]): void {
  for (const line of order.lines) {
    if (line.delivery === 'loop') plan.loopLines.push({ orderId: order.id, ...pickLine(line) });
    if (line.delivery !== 'cards') continue;
    const mine = cards.filter((card) => card.skuId === line.skuId);
    for (const card of mine)
      plan.issues.push({ cardId: card.id, orderId: order.id, lineNo: line.lineNo, skuId: line.skuId });
  }
}

function pickLine({ lineNo, skuId, quantity }: OrderLine): { lineNo: number; skuId: number; quantity: number } {
  return { lineNo, skuId, quantity };
}

function missingCards(order: Order, locked: readonly LockedCard[]): Map<number, number> {
  const missing = new Map<number, number>();
  for (const [skuId, count] of cardsNeeded(order.lines)) {
    const held = locked.filter((card) => card.sku_id === skuId).length;
    if (held < count) missing.set(skuId, count - held);
  }
  return missing;
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

function changeOrder(plan: SettlementPlan, facts: SettlementFacts, after: Order): void {
  const before = plan.orders.get(after.id)?.before ?? (facts.orders.get(after.id) as Order);
  plan.orders.set(after.id, { before, after });
}

function addStock(plan: SettlementPlan, skuId: number, delta: number): void {
  plan.stockChanges.set(skuId, (plan.stockChanges.get(skuId) ?? 0) + delta);
}
