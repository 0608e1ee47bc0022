/** Placing an order and entering its first payment attempt, in one transaction: one round trip and one commit less. */
import { type OrderDraft, type PlaceInput, type PlaceOutcome, placeIn } from '../order/place-orders.ts';
import { passCheckpoint } from '../platform/checkpoints.ts';
import type { NamedTransaction, Tx } from '../platform/db/database.ts';
import { nextQueryAt, type Payment, paymentId } from './payment.ts';
import { insertPayments } from './payment-store.ts';

export const checkOut: NamedTransaction<PlaceInput, PlaceOutcome[]> = { name: 'order.check-out', run: checkOutIn };

async function checkOutIn(tx: Tx, input: PlaceInput): Promise<PlaceOutcome[]> {
  const outcomes = await placeIn(tx, input);
  const attempts = outcomes.flatMap((outcome, i) => {
    const { firstChannel } = input.drafts[i] as OrderDraft;
    if (outcome.kind !== 'placed' || outcome.repeated || !firstChannel) return [];
    return firstChannel.currencies.includes(outcome.order.currency)
      ? [firstAttempt(outcome.order, firstChannel.code, input.now)]
      : [];
  });
  await insertPayments(tx, attempts, input.now);
  if (attempts.length > 0) passCheckpoint('payment.before-commit');
  return outcomes;
}

/** Without an action: a channel that prepares its own gives the same one whenever it is asked. */
export function firstAttempt(
  order: { id: string; totalMinor: number; currency: string },
  channel: string,
  now: number,
): Payment {
  return {
    id: paymentId(order.id, 1),
    orderId: order.id,
    attemptNo: 1,
    channel,
    reference: null,
    status: 'pending',
    amountMinor: order.totalMinor,
    currency: order.currency,
    receivedMinor: 0,
    refundedMinor: 0,
    tradeNo: null,
    action: null,
    createdAt: now,
    nextQueryAt: nextQueryAt(now, 0, now),
    queryCount: 0,
    version: 0,
  };
}
