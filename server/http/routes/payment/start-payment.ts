import { Type } from 'typebox';
import { OrderId } from '../../../../contract/common.ts';
import { PaymentReply, StartPaymentBody } from '../../../../contract/shop.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { beginPayment } from '../../begin-payment.ts';
import { openOrder } from '../../order-access.ts';
import { payerOf } from '../../payer.ts';

export function startPaymentRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'startPayment',
    tags: ['payments'],
    summary: 'Begin a payment of an order through a channel',
    security: [{ order: [] }],
    params: Type.Object({ id: OrderId }),
    body: StartPaymentBody,
    response: { 201: PaymentReply },
  };
  app.post('/api/v1/orders/:id/payments', { schema }, async (request, reply) => {
    const order = await openOrder(context, request, request.params.id);
    const payment = await beginPayment(context, order.id, request.body.channel, payerOf(request, request.body));
    reply.code(201);
    return { payment: payment as NonNullable<typeof payment> };
  });
}
