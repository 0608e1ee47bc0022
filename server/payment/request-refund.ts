/** A person decides to give money back: checked against what was received, on record, then sent by the outbox. */
import { enqueue } from '../delivery/outbox-store.ts';
import { readOrders } from '../order/order-store.ts';
import { type Actor, readAuditLog, recordAudit, subjectOfRequest } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import type { Nudges } from '../platform/nudges.ts';
import { agree } from './agreement.ts';
import { type Evidence, evidenceOfOrder } from './evidence-store.ts';
import { type Refund, refundNo } from './payment.ts';
import { insertRefunds, readRefund, refundsOfOrder } from './refund-store.ts';

export interface RefundRequest extends Actor {
  orderId: string;
  /** All that is left when absent. */
  amountMinor: number | undefined;
  /** `recorded`: the owner has sent the money by other means, and only writes it down. */
  mode: 'channel' | 'recorded';
  reason: string;
  /** What was left to refund when the person looked; when it is another amount by now, somebody else was faster. */
  refundableMinor?: number | undefined;
}

export type RefundRequestOutcome =
  | { kind: 'requested'; refunds: Refund[] }
  /** The amount asks for two people, and this was the first. */
  | { kind: 'proposed' }
  | { kind: 'changed-meanwhile'; refundableMinor: number }
  | { kind: 'order-not-found' }
  | { kind: 'nothing-to-refund' }
  | { kind: 'exceeds-payment'; refundableMinor: number };

export interface RequestRefundDeps {
  database: Database;
  clock: Clock;
  nudges: Nudges;
}

export async function requestRefund(deps: RequestRefundDeps, request: RefundRequest): Promise<RefundRequestOutcome> {
  let runs = 0;
  const outcome = await deps.database.transact('refund.request', async (tx) => {
    const again = runs++ > 0 ? await refundsOfRequest(tx, request) : [];
    return again.length > 0
      ? { kind: 'requested' as const, refunds: again }
      : requestIn(tx, deps, request, (amountMinor, totalMinor) =>
          bothAgree(tx, deps, request, amountMinor, totalMinor),
        );
  });
  if (outcome.kind === 'requested') deps.nudges.send('outbox', 'refund');
  return outcome;
}

/** Each trade can give back what it brought, less what it has given or is giving back already. */
export function leftOfTrades(
  evidence: readonly Evidence[],
  refunds: readonly Refund[],
): { one: Evidence; leftMinor: number }[] {
  return evidence.map((one) => {
    const given = refunds.filter(
      (refund) => refund.tradeNo === one.trade_no && refund.channel === one.channel && refund.status !== 'rejected',
    );
    return { one, leftMinor: one.amount_minor - given.reduce((sum, refund) => sum + refund.amountMinor, 0) };
  });
}

export function sumOf(trades: readonly { leftMinor: number }[]): number {
  return trades.reduce((sum, { leftMinor }) => sum + leftMinor, 0);
}

/** What this very request has done in a run of the transaction of which nobody knew whether it was committed. */
async function refundsOfRequest(tx: Tx, { orderId, requestId }: RefundRequest): Promise<Refund[]> {
  const done = requestId !== undefined && (await subjectOfRequest(tx, 'order.refund', requestId));
  if (done !== `order:${orderId}`) return [];
  const { entries } = await readAuditLog(tx, { orderId, action: 'order.refund', limit: 50 });
  const after = entries.find((entry) => entry.requestId === requestId)?.after as { refundNos?: string[] } | undefined;
  return (await refundsOfOrder(tx, orderId)).filter((refund) => after?.refundNos?.includes(refund.refundNo));
}

/** Refunds in parts count together, or two halves would pass where the whole would not. */
function bothAgree(
  tx: Tx,
  { clock }: RequestRefundDeps,
  { orderId, mode, actor, requestId, reason }: RefundRequest,
  amountMinor: number,
  totalMinor: number,
): Promise<'go' | 'proposed'> {
  const terms = { amountMinor, mode };
  const what = { action: 'refund', subject: `order:${orderId}`, orderId, amountMinor: totalMinor, terms } as const;
  return agree(tx, { ...what, actor, requestId, reason }, clock.now());
}

/**
 * Within a transaction of the caller (review cases end that way, whose second person has been heard). The order is locked here.
 * @param judge told the amount, and the amount with all refunds before it
 */
export async function requestIn(
  tx: Tx,
  deps: Pick<RequestRefundDeps, 'clock'>,
  request: RefundRequest,
  judge?: (amountMinor: number, totalMinor: number) => Promise<'go' | 'proposed'>,
): Promise<RefundRequestOutcome> {
  const now = deps.clock.now();
  const order = (await readOrders(tx, [request.orderId], { lock: true })).get(request.orderId);
  if (!order) return { kind: 'order-not-found' };
  const evidence = await evidenceOfOrder(tx, order.id);
  const before = await refundsOfOrder(tx, order.id);
  const open = leftOfTrades(evidence, before);
  const refundableMinor = sumOf(open);
  if (request.refundableMinor !== undefined && request.refundableMinor !== refundableMinor)
    return { kind: 'changed-meanwhile', refundableMinor };
  if (refundableMinor <= 0) return { kind: 'nothing-to-refund' };
  let wanted = request.amountMinor ?? refundableMinor;
  if (wanted > refundableMinor) return { kind: 'exceeds-payment', refundableMinor };
  const givenMinor = evidence.reduce((sum, one) => sum + one.amount_minor, 0) - refundableMinor;
  if (judge && (await judge(wanted, wanted + givenMinor)) === 'proposed') return { kind: 'proposed' };
  const numbers: string[] = [];
  for (const { one, leftMinor } of open) {
    const amountMinor = Math.min(wanted, leftMinor);
    if (amountMinor <= 0) continue;
    wanted -= amountMinor;
    const paymentId = one.payment_id;
    const sequence = before.filter((refund) => refund.paymentId === paymentId).length + numbers.length + 1;
    const no = refundNo(paymentId, sequence);
    await insertRefunds(
      tx,
      [
        {
          refundNo: no,
          orderId: order.id,
          paymentId,
          channel: one.channel,
          tradeNo: one.trade_no,
          amountMinor,
          currency: one.currency,
          mode: request.mode,
          reason: request.reason,
          requestedBy: request.actor,
        },
      ],
      now,
    );
    await enqueue(tx, [{ id: `refund:${no}`, topic: 'refund', payload: { refundNo: no } }], now);
    numbers.push(no);
  }
  const { actor, requestId, reason, mode } = request;
  await recordAudit(tx, {
    at: now,
    requestId,
    actor,
    action: 'order.refund',
    subject: `order:${order.id}`,
    orderId: order.id,
    reason,
    after: { refundNos: numbers, mode },
  });
  const refunds: Refund[] = [];
  for (const no of numbers) refunds.push((await readRefund(tx, no)) as Refund);
  return { kind: 'requested', refunds };
}
