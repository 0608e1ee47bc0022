import { Type } from 'typebox';
import { OrderDetail } from '../../../../contract/admin-orders.ts';
import { OrderId } from '../../../../contract/common.ts';
import { cardsOfOrder } from '../../../card/replacement-store.ts';
import type { Context } from '../../../context.ts';
import { orderView } from '../../../order/order.ts';
import { readOrder } from '../../../order/order-store.ts';
import { manualKind } from '../../../payment/channels/manual/channel.ts';
import { evidenceOfOrder } from '../../../payment/evidence-store.ts';
import type { Payment } from '../../../payment/payment.ts';
import { paymentsOfOrders } from '../../../payment/payment-store.ts';
import { proposalsOfOrder } from '../../../payment/proposal-store.ts';
import { refundsOfOrder } from '../../../payment/refund-store.ts';
import { leftOfTrades, sumOf } from '../../../payment/request-refund.ts';
import { listReviewCases } from '../../../payment/review-store.ts';
import { evidenceRow, orderCardRow, paymentRow, proposalRow, refundRow, reviewRow } from '../../admin-views.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

/** Of an order with thousands; the card page lists them all. */
const listedCards = 200;

/** The same conditions as confirm-transfer.ts. */
function isConfirmable({ channels }: Pick<Context, 'channels'>, payment: Payment): boolean {
  return payment.receivedMinor === 0 && channels.get(payment.channel)?.kind === manualKind.kind;
}

export function adminShowOrderRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminShowOrder',
    tags: ['admin: orders'],
    summary: 'An order with its payments, evidence, refunds and review cases',
    params: Type.Object({ id: OrderId }),
    response: { 200: OrderDetail },
  };
  app.get('/api/admin/v1/orders/:id', { config: { action: 'orders.read' }, schema }, async (request) => {
    const db = context.database.read;
    const order = await readOrder(db, request.params.id);
    if (!order) throw new ProblemError('order_not_found');
    const payments = await paymentsOfOrders(db, [order.id]);
    const evidence = await evidenceOfOrder(db, order.id);
    const refunds = await refundsOfOrder(db, order.id);
    return {
      order: orderView(order),
      riskScore: order.riskScore,
      payments: payments.map(paymentRow),
      confirmable: payments.filter((one) => isConfirmable(context, one)).map((one) => one.id),
      evidence: evidence.map(evidenceRow),
      refunds: refunds.map(refundRow),
      reviewCases: (await listReviewCases(db, { orderId: order.id, limit: 100 })).map(reviewRow),
      cards: (await cardsOfOrder(db, order.id, listedCards)).map(orderCardRow),
      proposals: (await proposalsOfOrder(db, order.id)).map(proposalRow),
      refundableMinor: sumOf(leftOfTrades(evidence, refunds)),
    };
  });
}
