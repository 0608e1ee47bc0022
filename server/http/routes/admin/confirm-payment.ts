import { Type } from 'typebox';
import { ConfirmPaymentBody, ConfirmPaymentReply } from '../../../../contract/admin-orders.ts';
import type { Context } from '../../../context.ts';
import { orderView } from '../../../order/order.ts';
import { readOrder } from '../../../order/order-store.ts';
import { confirmTransfer } from '../../../payment/confirm-transfer.ts';
import { actorOf } from '../../actor.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';
import { whatHappened } from '../../what-happened.ts';

export function confirmPaymentRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminConfirmPayment',
    tags: ['admin: orders'],
    summary: 'Say that the money of a transfer by hand has arrived',
    params: Type.Object({ id: Type.String({ pattern: '^[0-9A-Z]{28}\\d{2}$' }) }),
    body: ConfirmPaymentBody,
    response: { 200: ConfirmPaymentReply },
  };
  app.post(
    '/api/admin/v1/payments/:id/confirm',
    { config: { action: 'payments.confirm' }, schema },
    async (request) => {
      const { amountMinor, bankReference = null, reason } = request.body;
      const asked = { paymentId: request.params.id, amountMinor, bankReference, reason };
      const outcome = await confirmTransfer(context, { ...asked, ...actorOf(request) });
      if (outcome.kind === 'payment-not-found') throw new ProblemError('payment_not_found');
      if (outcome.kind !== 'confirmed' && outcome.kind !== 'proposed')
        throw new ProblemError('payment_not_confirmable', await whatHappened(context, asked.paymentId.slice(0, 28)));
      const order = await readOrder(context.database.read, outcome.orderId);
      if (!order) throw new ProblemError('order_not_found');
      const done = outcome.kind === 'proposed' ? ('proposed' as const) : outcome.settled.kind;
      return { outcome: done, order: orderView(order) };
    },
  );
}
