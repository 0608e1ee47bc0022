import { Type } from 'typebox';
import { PlaceOrderBody, type PlaceOrderReply, PlaceOrderReply as Reply } from '../../../../contract/shop.ts';
import { TicketReceipt } from '../../../../contract/ticket.ts';
import type { Context } from '../../../context.ts';
import { askForms } from '../../../order/ask-forms.ts';
import { draftOrder } from '../../../order/draft-order.ts';
import { orderView } from '../../../order/order.ts';
import { type RecordedTicket, takeOrder } from '../../../order/record-order.ts';
import type { App } from '../../app-type.ts';
import { firstChannel, firstPayment } from '../../begin-payment.ts';
import { placeProblem } from '../../order-problems.ts';
import { payerOf } from '../../payer.ts';
import { orderingBuyer } from '../../plugins/buyer-auth.ts';
import { ProblemError } from '../../problem.ts';

const Headers = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'The same key and body give the same order, however often sent',
    }),
  ),
  'x-device-id': Type.Optional(Type.String({ maxLength: 100 })),
});

export function placeOrderRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'placeOrder',
    tags: ['orders'],
    summary: 'Place an order and reserve its cards',
    headers: Headers,
    body: PlaceOrderBody,
    response: { 201: Reply, 202: TicketReceipt },
  };
  app.post('/api/v1/orders', { schema }, async (request, reply): Promise<PlaceOrderReply | TicketReceipt> => {
    const asked = await askForms(context, request.body.lines);
    if (asked.kind === 'no-letter-key') throw new ProblemError('database_unavailable');
    if (asked.kind === 'form-invalid') throw placeProblem(asked);
    const draft = await draftOrder(context, {
      body: request.body,
      idempotencyKey: request.headers['idempotency-key'],
      clientAddress: request.ip,
      deviceId: request.headers['x-device-id'],
      ...(await orderingBuyer(context, request)),
      firstChannel: firstChannel(context, request.body.channel),
      forms: asked.forms,
    });
    const outcome = await takeOrder(context, draft);
    context.metrics.ordersPlaced.inc({ outcome: outcome.kind });
    if (outcome.kind === 'recorded') return reply.code(202).send(receiptOf(outcome.ticket));
    if (outcome.kind !== 'placed') throw placeProblem(outcome);
    const { order, token } = outcome;
    // A channel that fails now must not cost the buyer the order: the page offers the channels again.
    const payment = await firstPayment(context, outcome, request.body.channel, payerOf(request)).catch((error) => {
      request.log.warn({ err: error, orderId: order.id }, 'order placed, payment not begun');
      return undefined;
    });
    reply.code(201);
    return { order: orderView(order), accessToken: token, ...(payment ? { payment } : {}) };
  });
}

const says =
  'The shop cannot reach its database right now. Your order is recorded and will be placed as soon as it can, in turn. ' +
  'No stock is reserved yet and nothing is to be paid yet.';

function receiptOf(ticket: RecordedTicket): TicketReceipt {
  return { ticket: { ...ticket, url: `/api/v1/tickets/${ticket.id}`, says } };
}
