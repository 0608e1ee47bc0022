/** Asks the channel to send money back, as often as needed, always under the same number. Called by the outbox. */
import { withdrawSoldCards } from '../card/reservation-store.ts';
import { changeOrders, readOrders } from '../order/order-store.ts';
import { passCheckpoint } from '../platform/checkpoints.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import type { Nudges } from '../platform/nudges.ts';
import type { AttemptRef, ChannelRegistry, RefundResult } from './channel.ts';
import { type Evidence, evidenceKey, findEvidence } from './evidence-store.ts';
import { attemptRef, type Refund } from './payment.ts';
import { readPayments, writePayments } from './payment-store.ts';
import { finishRefund, readRefund } from './refund-store.ts';
import { openReviewCases } from './review-store.ts';

export interface RefundDeps {
  database: Database;
  clock: Clock;
  nudges: Nudges;
  channels: ChannelRegistry;
}

/** @returns undefined when the refund is finished, else why it must be tried again */
export async function sendRefund(deps: RefundDeps, refundNo: string): Promise<string | undefined> {
  const refund = await readRefund(deps.database.read, refundNo);
  if (refund?.status !== 'requested') return undefined;
  // What the trade brought, not what the attempt asked for: who paid too much gets all of it back.
  const evidence = (await findEvidence(deps.database.read, [refund])).get(evidenceKey(refund.channel, refund.tradeNo));
  const paidMinor = evidence?.amount_minor ?? refund.amountMinor;
  passCheckpoint('refund.before-channel');
  const payment = (await readPayments(deps.database.read, [refund.paymentId])).get(refund.paymentId);
  const attempt = payment ? attemptRef(payment) : strayAttempt(refund, evidence);
  const result =
    refund.mode === 'recorded' ? ({ kind: 'succeeded' } as const) : await askChannel(deps, refund, attempt, paidMinor);
  passCheckpoint('refund.after-channel');
  if (result.kind === 'processing') return 'the channel is still working on it';
  if (result.kind === 'unknown' || result.kind === 'by-hand') return result.reason;
  await deps.database.transact('refund.finish', (tx) => finish(tx, deps.clock.now(), refund, result));
  deps.nudges.send('order', refund.orderId);
  return undefined;
}

/** Money under a number that is none of ours is given back to the trade it came with. */
function strayAttempt(refund: Refund, evidence: Evidence | undefined): AttemptRef {
  return {
    outTradeNo: refund.paymentId,
    reference: null,
    createdAt: evidence?.paid_at ?? evidence?.received_at ?? refund.createdAt,
    amountMinor: evidence?.amount_minor ?? refund.amountMinor,
    currency: refund.currency,
    tradeNo: refund.tradeNo,
  };
}

async function askChannel(
  deps: RefundDeps,
  refund: Refund,
  attempt: AttemptRef,
  paidMinor: number,
): Promise<RefundResult> {
  const channel = deps.channels.get(refund.channel);
  if (!channel) return { kind: 'unknown', reason: `channel ${refund.channel} is not configured` };
  return channel.refund({
    refundNo: refund.refundNo,
    createdAt: refund.createdAt,
    reference: refund.reference,
    attempt,
    tradeNo: refund.tradeNo,
    amountMinor: refund.amountMinor,
    paymentAmountMinor: paidMinor,
    currency: refund.currency,
    reason: refund.reason,
  });
}

async function finish(
  tx: Tx,
  now: number,
  refund: Refund,
  result: Extract<RefundResult, { kind: 'succeeded' | 'rejected' }>,
): Promise<void> {
  // The lock of the order comes first, as in every change of an order.
  const order = (await readOrders(tx, [refund.orderId], { lock: true })).get(refund.orderId);
  const rejected = result.kind === 'rejected';
  if (
    !(await finishRefund(
      tx,
      refund.refundNo,
      rejected ? 'rejected' : 'succeeded',
      rejected ? result.reason : null,
      now,
    ))
  )
    return;
  if (rejected) {
    await openReviewCases(
      tx,
      [
        {
          kind: 'refund_rejected',
          about: refund.refundNo,
          orderId: refund.orderId,
          paymentId: refund.paymentId,
          tradeNo: refund.tradeNo,
          detail: {
            refundNo: refund.refundNo,
            amountMinor: refund.amountMinor,
            currency: refund.currency,
            reason: result.reason,
          },
        },
      ],
      now,
    );
    return;
  }
  const payment = (await readPayments(tx, [refund.paymentId])).get(refund.paymentId);
  if (payment && payment.currency === refund.currency) {
    const refundedMinor = payment.refundedMinor + refund.amountMinor;
    if (refundedMinor > payment.receivedMinor) throw new Error(`refund ${refund.refundNo} exceeds its payment`);
    const status = refundedMinor === payment.receivedMinor ? 'refunded' : 'succeeded';
    await writePayments(tx, [{ before: payment, after: { ...payment, refundedMinor, status } }], now);
  }
  if (!order || order.currency !== refund.currency) return;
  const refundedMinor = order.refundedMinor + refund.amountMinor;
  const all = refundedMinor >= order.receivedMinor;
  const changed = await changeOrders(tx, [
    {
      id: order.id,
      from: order.status,
      to: all ? 'refunded' : order.status,
      receivedMinor: order.receivedMinor,
      refundedMinor,
      paidAt: order.paidAt,
      deliveredAt: order.deliveredAt,
      closedAt: all ? now : null,
    },
  ]);
  if (changed !== 1) throw new RowsChanged(`order ${order.id} changed`);
  if (all) await withdrawSoldCards(tx, [order.id]);
}
