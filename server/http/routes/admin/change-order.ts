/** What a person may do to an order: complete it by hand, cancel it, give money back. Each with a reason. */
import { Type } from 'typebox';
import { ChangedOrderReply, ReasonBody, RefundBody, RefundsReply } from '../../../../contract/admin-orders.ts';
import { OrderId } from '../../../../contract/common.ts';
import { OrderReply } from '../../../../contract/shop.ts';
import type { Context } from '../../../context.ts';
import { orderView } from '../../../order/order.ts';
import { readOrder } from '../../../order/order-store.ts';
import { cancelOrder } from '../../../payment/cancel-order.ts';
import { completeOrder } from '../../../payment/complete-order.ts';
import { requestRefund } from '../../../payment/request-refund.ts';
import { recordAudit } from '../../../platform/audit-store.ts';
import { actorOf } from '../../actor.ts';
import { refundRow } from '../../admin-views.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';
import { whatHappened } from '../../what-happened.ts';

const params = Type.Object({ id: OrderId });
const tags = ['admin: orders'];

export function completeOrderRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminCompleteOrder',
    tags,
    summary: 'Deliver an order by decision of a person',
    params,
    body: ReasonBody,
    response: { 200: ChangedOrderReply },
  };
  app.post('/api/admin/v1/orders/:id/complete', { config: { action: 'orders.complete' }, schema }, async (request) => {
    const by = actorOf(request);
    const outcome = await completeOrder(context, { orderId: request.params.id, reason: request.body.reason, ...by });
    if (outcome.kind === 'order-not-found') throw new ProblemError('order_not_found');
    if (outcome.kind === 'out-of-stock') throw new ProblemError('sold_out');
    if (outcome.kind === 'state-conflict')
      throw new ProblemError('order_state_conflict', await whatHappened(context, request.params.id, outcome.status));
    const done = outcome.kind === 'proposed' ? ('proposed' as const) : ('done' as const);
    return { order: orderView(outcome.order), outcome: done };
  });
}

export function adminCancelOrderRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminCancelOrder',
    tags,
    summary: 'Cancel an unpaid order',
    params,
    body: ReasonBody,
    response: { 200: OrderReply },
  };
  app.post('/api/admin/v1/orders/:id/cancel', { config: { action: 'orders.cancel' }, schema }, async (request) => {
    const { id } = request.params;
    const { reason } = request.body;
    const by = actorOf(request);
    if (!(await readOrder(context.database.read, id))) throw new ProblemError('order_not_found');
    const cancelled = await cancelOrder(context, id, (tx) =>
      recordAudit(tx, {
        ...by,
        at: context.clock.now(),
        action: 'order.cancel',
        subject: `order:${id}`,
        orderId: id,
        reason,
      }),
    );
    if (!cancelled) throw new ProblemError('order_not_cancellable', await whatHappened(context, id));
    return { order: orderView(cancelled) };
  });
}

export function refundOrderRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminRefundOrder',
    tags,
    summary: 'Give money back through the channel, or record that it was given back by hand',
    params,
    body: RefundBody,
    response: { 202: RefundsReply },
  };
  app.post(
    '/api/admin/v1/orders/:id/refunds',
    { config: { action: 'orders.refund' }, schema },
    async (request, reply) => {
      const { amountMinor, reason, mode = 'channel', refundableMinor } = request.body;
      const outcome = await requestRefund(context, {
        orderId: request.params.id,
        amountMinor,
        mode,
        reason,
        refundableMinor,
        ...actorOf(request),
      });
      if (outcome.kind === 'order-not-found') throw new ProblemError('order_not_found');
      if (outcome.kind === 'nothing-to-refund')
        throw new ProblemError('refund_exceeds_payment', 'Nothing is left to refund.');
      if (outcome.kind === 'changed-meanwhile')
        throw new ProblemError('edit_conflict', await whatHappened(context, request.params.id));
      if (outcome.kind === 'exceeds-payment') {
        throw new ProblemError(
          'refund_exceeds_payment',
          `At most ${outcome.refundableMinor} (minor units) can be refunded.`,
        );
      }
      reply.code(202);
      if (outcome.kind === 'proposed') return { refunds: [], outcome: 'proposed' as const };
      return { refunds: outcome.refunds.map(refundRow), outcome: 'done' as const };
    },
  );
}
