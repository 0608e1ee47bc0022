/** What can be done about a review case, one function each. All run in the transaction that closes the case. */
import { enqueue } from '../delivery/outbox-store.ts';
import { changeOrders, lockOrder } from '../order/order-store.ts';
import type { Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import { completeIn } from './complete-order.ts';
import { evidenceKey, findEvidence } from './evidence-store.ts';
import { linkMoney } from './link-money.ts';
import { surplusRefundNo } from './payment.ts';
import { insertRefunds, recordByHand, reopenRefund } from './refund-store.ts';
import { requestIn } from './request-refund.ts';
import type { ResolveRequest } from './resolve-review-case.ts';
import type { ReviewCase } from './review-store.ts';
import type { SettleDeps } from './settle-payments.ts';
import type { SettlementPlan } from './settlement-plan.ts';

export type Step = { kind: 'done'; plan?: SettlementPlan } | { kind: 'not-possible'; reason: string };

/** Does what was decided, within the transaction that closes the case. */
export async function actOn(tx: Tx, deps: SettleDeps, found: ReviewCase, request: ResolveRequest): Promise<Step> {
  switch (request.action) {
    case 'issue':
      return issue(tx, deps, found, request);
    case 'refund':
      return found.kind === 'refund_rejected' ? refundAgain(tx, deps, found) : refund(tx, deps, found, request);
    case 'confirm':
      return confirm(tx, deps, found);
    case 'link':
      return linkMoney(tx, deps, found, request.orderId);
    case 'release':
    case 'close':
      return close(tx, deps, found);
  }
}

async function issue(
  tx: Tx,
  deps: SettleDeps,
  found: ReviewCase,
  { reason, actor, requestId }: ResolveRequest,
): Promise<Step> {
  if (!found.orderId) return { kind: 'not-possible', reason: 'The case belongs to no order.' };
  const { outcome, plan } = await completeIn(tx, deps, { orderId: found.orderId, reason, actor, requestId });
  if (outcome.kind === 'completed') return { kind: 'done', plan };
  return {
    kind: 'not-possible',
    reason:
      outcome.kind === 'out-of-stock' ? 'Not enough stock is left.' : 'The order is not in a state that allows this.',
  };
}

async function refund(
  tx: Tx,
  deps: SettleDeps,
  found: ReviewCase,
  { reason, actor, requestId }: ResolveRequest,
): Promise<Step> {
  if (found.orderId) {
    const outcome = await requestIn(tx, deps, {
      orderId: found.orderId,
      amountMinor: undefined,
      mode: 'channel',
      reason,
      actor,
      requestId,
    });
    if (outcome.kind === 'requested') return { kind: 'done' };
    return { kind: 'not-possible', reason: 'Nothing is left to refund.' };
  }
  return refundStray(tx, deps, found, { reason, actor });
}

/** Money for an order that does not exist: given back to the trade it came from. */
async function refundStray(
  tx: Tx,
  deps: SettleDeps,
  found: ReviewCase,
  by: { reason: string; actor: string },
): Promise<Step> {
  const channel = textOf(found, 'channel');
  const tradeNo = found.tradeNo ?? '';
  const key = { channel, tradeNo };
  const evidence = (await findEvidence(tx, [key])).get(evidenceKey(channel, tradeNo));
  if (!evidence) return { kind: 'not-possible', reason: 'No payment belongs to this case.' };
  const now = deps.clock.now();
  // By the trade: two payers may have used one number that is none of ours.
  const no = surplusRefundNo(evidence.payment_id, tradeNo);
  const entry = {
    refundNo: no,
    orderId: evidence.payment_id.slice(0, 28),
    paymentId: evidence.payment_id,
    channel,
    tradeNo,
    amountMinor: evidence.amount_minor,
    currency: evidence.currency,
    mode: 'channel' as const,
    reason: by.reason,
    requestedBy: by.actor,
  };
  await insertRefunds(tx, [entry], now);
  await enqueue(tx, [{ id: `refund:${no}`, topic: 'refund', payload: { refundNo: no } }], now);
  return { kind: 'done' };
}

async function refundAgain(tx: Tx, deps: SettleDeps, found: ReviewCase): Promise<Step> {
  const now = deps.clock.now();
  const no = textOf(found, 'refundNo');
  if (!(await reopenRefund(tx, no, now))) return { kind: 'not-possible', reason: 'That refund has been finished.' };
  await enqueue(tx, [{ id: `refund:${no}:${found.id}`, topic: 'refund', payload: { refundNo: no } }], now);
  return { kind: 'done' };
}

/** The money went back by hand: the refund is entered as done, and order and cards follow. */
async function confirm(tx: Tx, deps: SettleDeps, found: ReviewCase): Promise<Step> {
  const now = deps.clock.now();
  const no = textOf(found, 'refundNo');
  if (found.kind !== 'refund_by_hand' && found.kind !== 'refund_rejected')
    return { kind: 'not-possible', reason: 'Only a refund can be confirmed.' };
  if (!(await recordByHand(tx, no, now))) return { kind: 'not-possible', reason: 'That refund has been finished.' };
  await enqueue(tx, [{ id: `refund:${no}:${found.id}`, topic: 'refund', payload: { refundNo: no } }], now);
  return { kind: 'done' };
}

/** Nothing more is done. An order that was held for this case alone is ended; its money stays on the books. */
async function close(tx: Tx, deps: SettleDeps, found: ReviewCase): Promise<Step> {
  const order = found.orderId ? await lockOrder(tx, found.orderId) : undefined;
  const holds = found.kind === 'amount_mismatch' || found.kind === 'out_of_stock' || found.kind === 'evidence_conflict';
  if (order?.status !== 'review' || !holds) return { kind: 'done' };
  const { id, receivedMinor, refundedMinor, paidAt } = order;
  const changed = await changeOrders(tx, [
    {
      id,
      from: 'review',
      to: 'cancelled',
      receivedMinor,
      refundedMinor,
      paidAt,
      deliveredAt: null,
      closedAt: deps.clock.now(),
    },
  ]);
  if (changed !== 1) throw new RowsChanged(`order ${id} changed`);
  return { kind: 'done' };
}

function textOf(found: ReviewCase, field: string): string {
  const value = found.detail[field];
  return typeof value === 'string' ? value : '';
}
