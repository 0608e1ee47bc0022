/**
 * A person decides that an order is served without (further) proof of payment from a channel: cards from its reservation
 * or from stock, an audit row with the reason, and its open review cases closed, in one transaction.
 */
import { lockedCardsOf, pickCards } from '../card/reservation-store.ts';
import type { Order } from '../order/order.ts';
import { lockOrder } from '../order/order-store.ts';
import { type Actor, recordAudit, subjectOfRequest } from '../platform/audit-store.ts';
import type { Tx } from '../platform/db/database.ts';
import { issueRecord } from '../platform/journal/issue-journal.ts';
import { agree } from './agreement.ts';
import { issueOrder } from './issue-order.ts';
import { closeReviewCase, openCasesOfOrder } from './review-store.ts';
import type { SettleDeps } from './settle-payments.ts';
import { changeOrder, emptyPlan, missingCards, type SettlementPlan } from './settlement-plan.ts';
import { writeSettlements } from './write-settlements.ts';

export type CompleteOutcome =
  | { kind: 'completed'; order: Order }
  /** The amount asks for two people, and this was the first. */
  | { kind: 'proposed'; order: Order }
  | { kind: 'order-not-found' }
  | { kind: 'state-conflict'; status: string }
  | { kind: 'out-of-stock' };

export interface CompleteRequest extends Actor {
  orderId: string;
  reason: string;
}

export async function completeOrder(deps: SettleDeps, request: CompleteRequest): Promise<CompleteOutcome> {
  let runs = 0;
  const { outcome, plan } = await deps.database.transact('order.complete', async (tx) => {
    const done = runs++ > 0 ? await doneBefore(tx, deps, request) : undefined;
    return done ?? completeIn(tx, deps, request, (order) => bothAgree(tx, deps, request, order));
  });
  await afterIssue(deps, plan);
  return outcome;
}

/** This very request, in a run of which nobody knew whether it was committed; its issues go to the journal by the scan. */
async function doneBefore(tx: Tx, { clock }: SettleDeps, { orderId, requestId }: CompleteRequest) {
  const done = requestId !== undefined && (await subjectOfRequest(tx, 'order.complete', requestId));
  const order = done === `order:${orderId}` ? await lockOrder(tx, orderId) : undefined;
  return order && { outcome: { kind: 'completed' as const, order }, plan: emptyPlan(clock.now()) };
}

function bothAgree(tx: Tx, { clock }: SettleDeps, request: CompleteRequest, order: Order): Promise<'go' | 'proposed'> {
  const { orderId, actor, requestId, reason } = request;
  const amountMinor = order.totalMinor;
  const what = { action: 'complete', subject: `order:${orderId}`, orderId, amountMinor, terms: {} } as const;
  return agree(tx, { ...what, actor, requestId, reason }, clock.now());
}

/** What must follow the commit of a plan, before anybody is told. */
export async function afterIssue(deps: SettleDeps, plan: SettlementPlan): Promise<void> {
  await deps.journal.append(plan.issues.map((issue) => issueRecord(issue, plan.now)));
  for (const [skuId, delta] of plan.stockChanges) deps.stock.adjust(skuId, delta);
  for (const { after } of plan.orders.values()) deps.nudges.send('order', after.id);
  if (plan.messages.length > 0) deps.nudges.send('outbox', 'complete');
}

export async function completeIn(
  tx: Tx,
  deps: SettleDeps,
  request: CompleteRequest,
  /** Not for review cases, whose second person has been heard. */
  judge?: (order: Order) => Promise<'go' | 'proposed'>,
): Promise<{ outcome: CompleteOutcome; plan: SettlementPlan }> {
  const { orderId, reason, actor, requestId } = request;
  const now = deps.clock.now();
  const plan = emptyPlan(now);
  const order = await lockOrder(tx, orderId);
  if (!order) return { outcome: { kind: 'order-not-found' }, plan };
  if (order.status === 'delivered' || order.status === 'refunded') {
    return { outcome: { kind: 'state-conflict', status: order.status }, plan };
  }
  const locked = Map.groupBy(await lockedCardsOf(tx, [orderId]), (card) => card.order_id);
  const wishes = [...missingCards(order, locked.get(orderId) ?? [])].map(([skuId, count]) => ({ skuId, count }));
  const facts = {
    orders: new Map([[orderId, order]]),
    onRecord: new Map(),
    attempts: new Map(),
    locked,
    now,
    mailEnabled: deps.mailEnabled,
  };
  if (order.status === 'paid') {
    // The automatic lines went out with the payment; what was waiting is delivered by the person who says so.
    changeOrder(plan, facts, { ...order, status: 'delivered', deliveredAt: now });
  } else {
    const shelf = await pickCards(tx, deps.region, wishes);
    if (!issueOrder(plan, { ...facts, shelf }, order))
      return { outcome: { kind: 'out-of-stock' }, plan: emptyPlan(now) };
  }
  if (judge && (await judge(order)) === 'proposed')
    return { outcome: { kind: 'proposed', order }, plan: emptyPlan(now) };
  await writeSettlements(tx, plan);
  for (const one of await openCasesOfOrder(tx, orderId))
    await closeReviewCase(tx, one.id, { action: 'issue', actor, reason }, now);
  const after = plan.orders.get(orderId)?.after ?? order;
  await recordAudit(tx, {
    at: now,
    actor,
    requestId,
    action: 'order.complete',
    subject: `order:${orderId}`,
    orderId,
    reason,
    before: { status: order.status },
    after: { status: after.status, cardIds: plan.issues.map((issue) => issue.cardId) },
  });
  return { outcome: { kind: 'completed', order: after }, plan };
}
