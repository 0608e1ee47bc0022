/** The end of a refund, however we heard of it: by asking, by a callback, or from a person. */
import { withdrawSoldCards } from '../card/reservation-store.ts';
import { changeOrders, readOrders } from '../order/order-store.ts';
import type { Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import { recordEvents } from '../platform/event-store.ts';
import type { RefundResult } from './channel.ts';
import type { Refund } from './payment.ts';
import { readPayments, writePayments } from './payment-store.ts';
import { endRefund } from './refund-store.ts';
import { openReviewCases } from './review-store.ts';

export type RefundEnd = Extract<RefundResult, { kind: 'succeeded' | 'rejected' | 'by-hand' }>;

/** requested -> succeeded | rejected, with all that follows for payment, order and cards. Nothing when it had ended already. */
export async function finishRefund(tx: Tx, now: number, refund: Refund, result: RefundEnd): Promise<void> {
  // The lock of the order comes first, as in every change of an order.
  const order = (await readOrders(tx, [refund.orderId], { lock: true })).get(refund.orderId);
  const failed = result.kind !== 'succeeded';
  const ended = await endRefund(
    tx,
    refund.refundNo,
    failed ? 'rejected' : 'succeeded',
    failed ? result.reason : null,
    now,
  );
  if (!ended) return;
  if (failed) {
    await openReviewCases(
      tx,
      [
        {
          kind: result.kind === 'by-hand' ? 'refund_by_hand' : 'refund_rejected',
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
  const { refundNo, orderId, amountMinor, currency } = refund;
  await recordEvents(tx, [{ event: 'refund.done', about: refundNo, orderId, detail: { amountMinor, currency } }], now);
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
  if (all) await withdrawSoldCards(tx, [order.id], now);
}
