import { Type } from 'typebox';
import { OrderId } from '../../../../contract/common.ts';
import { OrderReply } from '../../../../contract/shop.ts';
import type { Context } from '../../../context.ts';
import { orderView } from '../../../order/order.ts';
import { cancelOrder } from '../../../payment/cancel-order.ts';
import type { App } from '../../app-type.ts';
import { openOrder } from '../../order-access.ts';
import { ProblemError } from '../../problem.ts';

export function cancelOrderRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'cancelOrder',
    tags: ['orders'],
    summary: 'Cancel an order that is not paid',
    security: [{ order: [] }],
    params: Type.Object({ id: OrderId }),
    response: { 200: OrderReply },
  };
  app.post('/api/v1/orders/:id/cancel', { schema }, async (request) => {
    const order = await openOrder(context, request, request.params.id);
    if (order.status === 'cancelled') return { order: orderView(order) };
    // Nothing to cancel may be our own doing: a first try whose commit went unheard when the database failed.
    const now = (await cancelOrder(context, order.id)) ?? (await openOrder(context, request, order.id));
    if (now.status !== 'cancelled') throw new ProblemError('order_not_cancellable');
    return { order: orderView(now) };
  });
}
