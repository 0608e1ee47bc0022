import { Type } from 'typebox';
import { OrderId } from '../../../../contract/common.ts';
import { OrderReply } from '../../../../contract/shop.ts';
import type { Context } from '../../../context.ts';
import { orderView } from '../../../order/order.ts';
import type { App } from '../../app-type.ts';
import { openOrder } from '../../order-access.ts';

export function showOrderRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'showOrder',
    tags: ['orders'],
    summary: 'An order as it stands',
    security: [{ order: [] }],
    params: Type.Object({ id: OrderId }),
    response: { 200: OrderReply },
  };
  app.get('/api/v1/orders/:id', { schema }, async (request) => ({
    order: orderView(await openOrder(context, request, request.params.id)),
  }));
}
