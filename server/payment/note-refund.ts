/**
 * A channel says that money went back. Three cases:
 *   it names a refund of ours             that refund has ended, as if we had asked
 *   it tells how much went back in all    what exceeds our own refunds somebody gave back at the channel: it is booked as
 *                                         a recorded refund (order and cards follow) and shown to a person
 *   neither                               the channel is asked; if it does not tell, a refund that has a number of the channel's
 *                                         is booked by that, and for one without a person looks
 */
import type { Tx } from '../platform/db/database.ts';
import type { RefundNotice } from './channel.ts';
import { type Evidence, evidenceByPayment, evidenceKey, findEvidence } from './evidence-store.ts';
import { finishRefund } from './finish-refund.ts';
import { keepMessage } from './message-store.ts';
import { bookOutsideRefund, bookOutsideRefunds } from './note-refunded-total.ts';
import { readPayments } from './payment-store.ts';
import { type QueryDeps, queryPayment } from './query-payment.ts';
import { readRefund } from './refund-store.ts';
import { openReviewCases } from './review-store.ts';

export type NoteRefundDeps = QueryDeps;

export async function noteRefund(deps: NoteRefundDeps, notice: RefundNotice): Promise<void> {
  const { channel, outTradeNo, tradeNo, raw } = notice;
  const now = deps.clock.now();
  const noted = await deps.database.transact('refund.notice', async (tx) => {
    await keepMessage(tx, { channel, kind: 'refund', paymentId: outTradeNo, tradeNo, raw }, now);
    return noteIn(tx, notice, now);
  });
  deps.nudges.send('outbox', 'refund');
  if (noted.orderId) deps.nudges.send('order', noted.orderId);
  if (noted.kind !== 'ask') return;
  const payment = outTradeNo ? (await readPayments(deps.database.read, [outTradeNo])).get(outTradeNo) : undefined;
  const answer = payment && (await queryPayment(deps, payment));
  if (answer?.kind === 'refunded' && answer.refundedMinor !== null) return;
  await deps.database.transact('refund.notice', async (tx) => {
    const evidence = await evidenceOf(tx, notice);
    const named = notice.refundId ?? notice.refundNo;
    if (evidence && named && notice.amountMinor)
      await bookOutsideRefund(tx, evidence, { named, amountMinor: notice.amountMinor }, now);
    else await tellPerson(tx, notice, noted.orderId, now);
  });
  deps.nudges.send('outbox', 'refund');
}

type Noted = { kind: 'done' | 'ask'; orderId: string | null };

async function noteIn(tx: Tx, notice: RefundNotice, now: number): Promise<Noted> {
  const named = notice.refundNo ? await readRefund(tx, notice.refundNo) : undefined;
  if (named && named.channel === notice.channel) {
    await finishRefund(
      tx,
      now,
      named,
      notice.outcome === 'succeeded'
        ? { kind: 'succeeded' }
        : { kind: 'rejected', reason: 'the channel says it failed' },
    );
    return { kind: 'done', orderId: named.orderId };
  }
  if (notice.outcome === 'rejected') return { kind: 'done', orderId: null };
  const evidence = await evidenceOf(tx, notice);
  if (!evidence) {
    await tellPerson(tx, notice, null, now);
    return { kind: 'done', orderId: null };
  }
  if (notice.totalRefundedMinor === null) return { kind: 'ask', orderId: evidence.order_id };
  await bookOutsideRefunds(tx, evidence, notice.totalRefundedMinor, now);
  return { kind: 'done', orderId: evidence.order_id };
}

async function evidenceOf(tx: Tx, { channel, tradeNo, outTradeNo }: RefundNotice): Promise<Evidence | undefined> {
  if (tradeNo) return (await findEvidence(tx, [{ channel, tradeNo }])).get(evidenceKey(channel, tradeNo));
  return outTradeNo ? evidenceByPayment(tx, channel, outTradeNo) : undefined;
}

async function tellPerson(tx: Tx, notice: RefundNotice, orderId: string | null, now: number): Promise<void> {
  const { channel, outTradeNo, tradeNo, amountMinor, currency } = notice;
  const about = `${channel}:${tradeNo ?? outTradeNo}:${amountMinor}`;
  const detail = { channel, amountMinor, currency, refundNo: notice.refundNo };
  const found = {
    kind: 'refunded_at_channel' as const,
    about,
    orderId,
    paymentId: outTradeNo?.slice(0, 32) ?? null,
    tradeNo,
    detail,
  };
  await openReviewCases(tx, [found], now);
}
