/** A channel says how much of a trade went back in all: what exceeds our own refunds, somebody gave back at the channel. */
import { enqueue } from '../delivery/outbox-store.ts';
import { readOrders } from '../order/order-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { sha256 } from '../platform/ids.ts';
import { type Evidence, evidenceKey, findEvidence } from './evidence-store.ts';
import { insertRefunds, refundsOfTrade } from './refund-store.ts';
import { openReviewCases } from './review-store.ts';

export async function noteRefundedTotal(
  deps: { database: Database; clock: Clock },
  trade: { channel: string; tradeNo: string },
  totalMinor: number,
): Promise<void> {
  await deps.database.transact('refund.notice', async (tx) => {
    const evidence = (await findEvidence(tx, [trade])).get(evidenceKey(trade.channel, trade.tradeNo));
    if (evidence) await bookOutsideRefunds(tx, evidence, totalMinor, deps.clock.now());
  });
}

/** Entered under a number made of the total, so the same news twice is one refund; the outbox finishes it. */
export async function bookOutsideRefunds(tx: Tx, evidence: Evidence, totalMinor: number, now: number): Promise<void> {
  const { channel, trade_no: tradeNo, payment_id: paymentId, order_id: orderId } = evidence;
  // The order's lock first: a refund of ours that is being requested at this moment is then seen.
  if (orderId) await readOrders(tx, [orderId], { lock: true });
  const ours = (await refundsOfTrade(tx, channel, tradeNo)).filter((refund) => refund.status !== 'rejected');
  const outsideMinor =
    Math.min(totalMinor, evidence.amount_minor) - ours.reduce((sum, one) => sum + one.amountMinor, 0);
  if (outsideMinor <= 0) return;
  const refundNo = `${paymentId}X${sha256(`${tradeNo}:${totalMinor}`)
    .replace(/[^0-9A-Za-z]/g, '')
    .slice(0, 6)
    .toUpperCase()}`.slice(-40);
  const entry = {
    refundNo,
    orderId: orderId ?? paymentId.slice(0, 28),
    paymentId,
    channel,
    tradeNo,
    amountMinor: outsideMinor,
    currency: evidence.currency,
    mode: 'recorded' as const,
    reason: 'refunded at the channel',
    requestedBy: 'channel',
  };
  if ((await insertRefunds(tx, [entry], now)) === 0) return;
  await enqueue(tx, [{ id: `refund:${refundNo}`, topic: 'refund', payload: { refundNo } }], now);
  const detail = { channel, refundNo, amountMinor: outsideMinor, totalMinor, currency: evidence.currency };
  await openReviewCases(
    tx,
    [{ kind: 'refunded_at_channel', about: refundNo, orderId, paymentId, tradeNo, detail }],
    now,
  );
}
