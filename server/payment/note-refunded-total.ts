/** A channel says how much of a trade went back in all: what exceeds our own refunds, somebody gave back at the channel. */
import { createHash } from 'node:crypto';
import { enqueue } from '../delivery/outbox-store.ts';
import { readOrders } from '../order/order-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
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

/** Under a number made of the total, so the same news twice is one refund. */
export async function bookOutsideRefunds(tx: Tx, evidence: Evidence, totalMinor: number, now: number): Promise<void> {
  const ours = await givenBack(tx, evidence);
  const amountMinor = Math.min(totalMinor, evidence.amount_minor) - ours;
  await book(tx, evidence, { named: `total ${totalMinor}`, amountMinor }, now);
}

/** One that the channel has given a number. */
export async function bookOutsideRefund(
  tx: Tx,
  evidence: Evidence,
  { named, amountMinor }: { named: string; amountMinor: number },
  now: number,
): Promise<void> {
  const left = evidence.amount_minor - (await givenBack(tx, evidence));
  await book(tx, evidence, { named, amountMinor: Math.min(amountMinor, left) }, now);
}

/** The order's lock first: a refund of ours that is being requested at this moment is then seen. */
async function givenBack(tx: Tx, { order_id: orderId, channel, trade_no: tradeNo }: Evidence): Promise<number> {
  if (orderId) await readOrders(tx, [orderId], { lock: true });
  const ours = (await refundsOfTrade(tx, channel, tradeNo)).filter((refund) => refund.status !== 'rejected');
  return ours.reduce((sum, one) => sum + one.amountMinor, 0);
}

/** On record as a recorded refund, which the outbox finishes: payment, order and cards follow. */
async function book(
  tx: Tx,
  evidence: Evidence,
  { named, amountMinor }: { named: string; amountMinor: number },
  now: number,
): Promise<void> {
  if (amountMinor <= 0) return;
  const { channel, trade_no: tradeNo, payment_id: paymentId, order_id: orderId, currency } = evidence;
  const mark = createHash('sha256').update(`${channel}\n${tradeNo}\n${named}`).digest('hex').slice(0, 8).toUpperCase();
  const refundNo = `${paymentId}X${mark}`.slice(-40);
  const entry = {
    refundNo,
    orderId: orderId ?? paymentId.slice(0, 28),
    paymentId,
    channel,
    tradeNo,
    amountMinor,
    currency,
    mode: 'recorded' as const,
    reason: 'refunded at the channel',
    requestedBy: 'channel',
  };
  if ((await insertRefunds(tx, [entry], now)) === 0) return;
  await enqueue(tx, [{ id: `refund:${refundNo}`, topic: 'refund', payload: { refundNo } }], now);
  const detail = { channel, refundNo, amountMinor, currency };
  const found = { kind: 'refunded_at_channel' as const, about: refundNo, orderId, paymentId, tradeNo, detail };
  await openReviewCases(tx, [found], now);
}
