/** Asks the channel to send money back, as often as needed, always under the same number. Called by the outbox. */
import { passCheckpoint } from '../platform/checkpoints.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Nudges } from '../platform/nudges.ts';
import type { AttemptRef, RefundOrder, RefundResult } from './channel.ts';
import { ChannelHttpError } from './channel-http.ts';
import type { ChannelRegistry } from './channel-registry.ts';
import { type Evidence, evidenceKey, findEvidence } from './evidence-store.ts';
import { finishRefund } from './finish-refund.ts';
import { attemptRef, type Refund } from './payment.ts';
import { readPayments } from './payment-store.ts';
import { noteRefundTry, readRefund } from './refund-store.ts';

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
  if (result.kind === 'processing' || result.kind === 'unknown') {
    const says = result.kind === 'unknown' ? result.reason : 'the channel is still working on it';
    const reference = result.kind === 'processing' ? result.reference : undefined;
    await deps.database.transact('refund.tried', (tx) => noteRefundTry(tx, refundNo, { reference, says }));
    return says;
  }
  await deps.database.transact('refund.finish', (tx) => finishRefund(tx, deps.clock.now(), refund, result));
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
  const order = refundOrder(refund, attempt, paidMinor);
  try {
    // Asked for before: what became of it? A channel that never heard of it is asked again, under the same number.
    if (refund.attempts > 0 && channel.queryRefund) {
      const found = await channel.queryRefund(order);
      if (found.kind !== 'not-found') return found;
    }
    return await channel.refund(order);
  } catch (error) {
    if (error instanceof ChannelHttpError) return { kind: 'unknown', reason: error.message };
    throw error;
  }
}

export function refundOrder(refund: Refund, attempt: AttemptRef, paidMinor: number): RefundOrder {
  return {
    refundNo: refund.refundNo,
    createdAt: refund.createdAt,
    reference: refund.reference,
    attempt,
    tradeNo: refund.tradeNo,
    amountMinor: refund.amountMinor,
    paymentAmountMinor: paidMinor,
    currency: refund.currency,
    reason: refund.reason,
  };
}
