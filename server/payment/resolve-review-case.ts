/** A person settles a review case. Of two who do so at once, one wins and the other is told. */
import type { ResolutionAction } from '../../contract/states.ts';
import { enqueue } from '../delivery/outbox-store.ts';
import { changeOrders, lockOrder } from '../order/order-store.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import { afterIssue, completeIn } from './complete-order.ts';
import { evidenceKey, findEvidence } from './evidence-store.ts';
import { surplusRefundNo } from './payment.ts';
import { insertRefunds, reopenRefund } from './refund-store.ts';
import { requestIn } from './request-refund.ts';
import { closeReviewCase, type ReviewCase, readReviewCase } from './review-store.ts';
import type { SettleDeps } from './settle-payments.ts';
import { emptyPlan, type SettlementPlan } from './settlement-plan.ts';

export interface ResolveRequest extends Actor {
  caseId: number;
  action: ResolutionAction;
  reason: string;
}

export type ResolveOutcome =
  | { kind: 'resolved' }
  | { kind: 'case-not-found' }
  | { kind: 'case-closed' }
  | { kind: 'not-possible'; reason: string };

type Step = { kind: 'done'; plan?: SettlementPlan } | { kind: 'not-possible'; reason: string };

/** Carries a refusal out of the transaction, so that nothing of it is kept. */
class Refused extends Error {
  readonly outcome: Exclude<ResolveOutcome, { kind: 'resolved' }>;
  constructor(outcome: Exclude<ResolveOutcome, { kind: 'resolved' }>) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

export async function resolveReviewCase(deps: SettleDeps, request: ResolveRequest): Promise<ResolveOutcome> {
  try {
    const plan = await deps.database.transact('review.resolve', (tx) => resolveIn(tx, deps, request));
    await afterIssue(deps, plan);
    deps.nudges.send('outbox', 'review');
    return { kind: 'resolved' };
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
}

async function resolveIn(tx: Tx, deps: SettleDeps, request: ResolveRequest): Promise<SettlementPlan> {
  const { caseId, action, reason, actor, requestId } = request;
  const now = deps.clock.now();
  const found = await readReviewCase(tx, caseId);
  if (!found) throw new Refused({ kind: 'case-not-found' });
  if (!(await closeReviewCase(tx, caseId, { action, actor, reason }, now))) throw new Refused({ kind: 'case-closed' });
  const step = await act(tx, deps, found, request);
  if (step.kind === 'not-possible') throw new Refused(step);
  const subject = `review-case:${caseId}`;
  const orderId = found.orderId ?? undefined;
  await recordAudit(tx, {
    at: now,
    actor,
    requestId,
    action: `review.${action}`,
    subject,
    orderId,
    reason,
    before: { kind: found.kind },
  });
  return step.plan ?? emptyPlan(now);
}

async function act(tx: Tx, deps: SettleDeps, found: ReviewCase, request: ResolveRequest): Promise<Step> {
  switch (request.action) {
    case 'issue':
      return issue(tx, deps, found, request);
    case 'refund':
      return found.kind === 'refund_rejected' ? refundAgain(tx, deps, found) : refund(tx, deps, found, request);
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
