import { Type } from 'typebox';
import { DeliverLineBody } from '../../../../contract/admin-orders.ts';
import { OrderId } from '../../../../contract/common.ts';
import { OrderReply } from '../../../../contract/shop.ts';
import { sealManualDelivery } from '../../../card/store-manual-delivery.ts';
import type { Context } from '../../../context.ts';
import { orderView } from '../../../order/order.ts';
import { deliverLine } from '../../../payment/deliver-line.ts';
import { actorOf } from '../../actor.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

/** Under /cards: only the card role holds the key that what a person delivers is sealed with. */
export function deliverLineRoute(app: App, context: Context): void {
  const { keyring } = context;
  if (!keyring) throw new Error('the card role needs the card key');
  const schema = {
    operationId: 'adminDeliverLine',
    tags: ['admin: cards'],
    summary: 'Hand over what a person made for one line of a paid order',
    params: Type.Object({ orderId: OrderId }),
    body: DeliverLineBody,
    response: { 200: OrderReply },
  };
  app.post(
    '/api/admin/v1/cards/deliveries/:orderId',
    { config: { action: 'cards.deliver' }, schema },
    async (request) => {
      const { orderId } = request.params;
      const sealed = sealManualDelivery({ keyring }, { orderId, ...request.body });
      if (!sealed)
        throw new ProblemError('invalid_request', 'The content is empty, too long, or holds control characters.');
      const outcome = await deliverLine(context, sealed, actorOf(request));
      if (outcome.kind === 'order-not-found' || outcome.kind === 'line-not-found')
        throw new ProblemError('order_not_found');
      if (outcome.kind !== 'delivered') {
        const why =
          outcome.kind === 'state-conflict'
            ? `The order is ${outcome.status}.`
            : outcome.kind === 'not-manual'
              ? 'This line is delivered automatically.'
              : 'This line has been delivered.';
        throw new ProblemError('order_state_conflict', why);
      }
      return { order: orderView(outcome.order) };
    },
  );
}
