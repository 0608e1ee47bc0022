/** The payer's bank wants the money back: kept, and laid before a person. The order stays as it is until one decides. */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { DisputeNotice } from './channel.ts';
import { evidenceByPayment, evidenceKey, findEvidence } from './evidence-store.ts';
import { keepMessage } from './message-store.ts';
import { openReviewCases } from './review-store.ts';

export async function noteDispute(deps: { database: Database; clock: Clock }, notice: DisputeNotice): Promise<void> {
  const { channel, disputeNo, outTradeNo, tradeNo, amountMinor, currency, reason, raw } = notice;
  const now = deps.clock.now();
  await deps.database.transact('payment.dispute', async (tx) => {
    await keepMessage(tx, { channel, kind: 'disputed', paymentId: outTradeNo, tradeNo, raw }, now);
    const evidence = tradeNo
      ? (await findEvidence(tx, [{ channel, tradeNo }])).get(evidenceKey(channel, tradeNo))
      : await evidenceByPayment(tx, channel, outTradeNo ?? '');
    const found = {
      kind: 'dispute' as const,
      about: `${channel}:${disputeNo}`,
      orderId: evidence?.order_id ?? null,
      paymentId: evidence?.payment_id ?? outTradeNo?.slice(0, 32) ?? null,
      tradeNo: tradeNo ?? evidence?.trade_no ?? null,
      detail: { channel, disputeNo, amountMinor, currency, reason },
    };
    await openReviewCases(tx, [found], now);
  });
}
