/**
 * A card that a buyer holds is bad: it is withdrawn and another one of its SKU issued to the same line, in one transaction.
 * The old card stays issued to the order for ever (INV-1, INV-10); the primary key of card_replacements lets each be replaced
 * once, so of two people who do so at once one wins and the other is told.
 */

import {
  insertReplacements,
  issuedOrderCards,
  type OrderCard,
  type Replacement,
  replacementsOfOrder,
  withdrawBad,
} from '../card/replacement-store.ts';
import { type CardIssue, issueCards, lockCards, nameCards, pickCards } from '../card/reservation-store.ts';
import { enqueue } from '../delivery/outbox-store.ts';
import { cardsNeeded, isMailAddress, type Order } from '../order/order.ts';
import { changeOrders, lockOrder } from '../order/order-store.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import { issueRecord } from '../platform/journal/issue-journal.ts';
import type { SettleDeps } from './settle-payments.ts';

export interface ReplaceRequest extends Actor {
  orderId: string;
  /** At most a few hundred. */
  cardIds: readonly number[];
  reason: string;
}

export type ReplaceRefusal =
  | { kind: 'order-not-found' }
  | { kind: 'state-conflict'; status: string }
  | { kind: 'not-of-order'; cardId: number }
  | { kind: 'replaced-before'; cardId: number; by: string; at: number }
  /** Withdrawn or quarantined since: the money went back, or the journal disagrees. */
  | { kind: 'card-not-sold'; cardId: number; status: string }
  | { kind: 'limit-reached'; limit: number }
  | { kind: 'out-of-stock'; skuId: number; available: number; wanted: number };
export type ReplaceOutcome = { kind: 'replaced'; order: Order; replacements: Replacement[] } | ReplaceRefusal;

/** A buyer whose third card is bad too needs a person who looks, or their money. */
export const replacementsPerPiece = 3;

export async function replaceCards(deps: SettleDeps, request: ReplaceRequest): Promise<ReplaceOutcome> {
  const now = deps.clock.now();
  const { outcome, issues } = await deps.database.transact('order.replace-cards', (tx) =>
    replaceIn(tx, deps, request, now),
  );
  if (outcome.kind !== 'replaced') return outcome;
  // Before the buyer is told: what they see must never be sold again, whatever the database forgets.
  await deps.journal.append(issues.map((issue) => issueRecord(issue, now)));
  for (const issue of issues) deps.stock.adjust(issue.skuId, -1);
  deps.nudges.send('order', request.orderId);
  deps.nudges.send('outbox', 'replaced');
  return outcome;
}

interface Done {
  outcome: ReplaceOutcome;
  issues: CardIssue[];
}

async function replaceIn(tx: Tx, deps: SettleDeps, request: ReplaceRequest, now: number): Promise<Done> {
  const refused = (outcome: ReplaceRefusal): Done => ({ outcome, issues: [] });
  const order = await lockOrder(tx, request.orderId);
  if (!order) return refused({ kind: 'order-not-found' });
  if (order.status !== 'delivered' && order.status !== 'paid')
    return refused({ kind: 'state-conflict', status: order.status });
  const asked = [...new Set(request.cardIds)].sort((a, b) => a - b);
  const cards = await issuedOrderCards(tx, asked);
  const own = [...cards.values()].filter((card) => isOwnWork(card, request));
  // Run again after a commit of unknown end: everything stands already.
  if (own.length === asked.length) return finished(order, own);
  const refusal = asked.map((id) => refusalOf(id, cards.get(id), order)).find((one) => one !== undefined);
  if (refusal) return refused(refusal);
  const pieces = [...cardsNeeded(order.lines).values()].reduce((sum, count) => sum + count, 0);
  const limit = pieces * replacementsPerPiece;
  if ((await replacementsOfOrder(tx, order.id)) + asked.length > limit)
    return refused({ kind: 'limit-reached', limit });
  const bad = asked.map((id) => cards.get(id) as OrderCard);
  const wishes = [...Map.groupBy(bad, (card) => card.skuId)].map(([skuId, group]) => ({ skuId, count: group.length }));
  const shelf = await pickCards(tx, deps.region, wishes);
  for (const { skuId, count: wanted } of wishes) {
    const available = shelf.get(skuId)?.length ?? 0;
    if (available < wanted) return refused({ kind: 'out-of-stock', skuId, available, wanted });
  }
  const replacements = bad.map(({ cardId, orderId, lineNo, skuId }) => {
    const newCardId = shelf.get(skuId)?.shift() as number;
    return { cardId, newCardId, orderId, lineNo, skuId };
  });
  const issues = await writeReplacements(tx, deps, { order, request, replacements, now });
  return { outcome: { kind: 'replaced', order, replacements }, issues };
}

const isOwnWork = (card: OrderCard, { requestId, orderId }: ReplaceRequest): boolean =>
  card.replaced !== null &&
  requestId !== undefined &&
  card.replaced.requestId === requestId &&
  card.orderId === orderId;

function finished(order: Order, own: readonly OrderCard[]): Done {
  const replacements = own.map(({ cardId, orderId, lineNo, skuId, replaced }) => ({
    cardId,
    newCardId: replaced?.newCardId as number,
    orderId,
    lineNo,
    skuId,
  }));
  const issues = replacements.map(({ newCardId, ...one }) => ({ ...one, cardId: newCardId }));
  return { outcome: { kind: 'replaced', order, replacements }, issues };
}

function refusalOf(cardId: number, card: OrderCard | undefined, order: Order): ReplaceRefusal | undefined {
  if (card?.orderId !== order.id) return { kind: 'not-of-order', cardId };
  if (card.replaced) return { kind: 'replaced-before', cardId, by: card.replaced.actor, at: card.replaced.at };
  if (card.status !== 'sold') return { kind: 'card-not-sold', cardId, status: card.status };
  return undefined;
}

interface Writing {
  order: Order;
  request: ReplaceRequest;
  replacements: readonly (Replacement & { skuId: number })[];
  now: number;
}

async function writeReplacements(
  tx: Tx,
  deps: SettleDeps,
  { order, request, replacements, now }: Writing,
): Promise<CardIssue[]> {
  const { reason, actor, requestId } = request;
  const bad = replacements.map((one) => one.cardId);
  const withdrawn = await withdrawBad(tx, bad, { reason, at: now });
  if (withdrawn !== bad.length) throw new RowsChanged(`withdrew ${withdrawn} of ${bad.length} bad cards`);
  const issues: CardIssue[] = replacements.map(({ newCardId: cardId, orderId, lineNo, skuId }) => ({
    cardId,
    orderId,
    lineNo,
    skuId,
  }));
  await lockCards(tx, issues);
  await issueCards(tx, issues, now);
  await nameCards(tx, issues);
  await insertReplacements(tx, replacements, { actor, requestId: requestId ?? null, reason, at: now });
  await touch(tx, order);
  await recordAudit(tx, {
    at: now,
    actor,
    requestId,
    action: 'order.replace-cards',
    subject: `order:${order.id}`,
    orderId: order.id,
    reason,
    before: { cardIds: bad },
    after: { cardIds: issues.map((issue) => issue.cardId) },
  });
  if (deps.mailEnabled && isMailAddress(order.contact)) {
    const payload = { template: 'replaced', orderId: order.id };
    await enqueue(tx, [{ id: `mail:replaced:${order.id}:${issues[0]?.cardId}`, topic: 'mail', payload }], now);
  }
  return issues;
}

/** The same order in the same state; whoever watches it looks again. */
async function touch(tx: Tx, order: Order): Promise<void> {
  const { id, status, receivedMinor, refundedMinor, paidAt, deliveredAt } = order;
  const same = { id, from: status, to: status, receivedMinor, refundedMinor, paidAt, deliveredAt, closedAt: null };
  if ((await changeOrders(tx, [same])) !== 1) throw new RowsChanged(`order ${id} changed`);
}
