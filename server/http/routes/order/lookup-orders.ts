import { LookupBody, LookupReply } from '../../../../contract/shop.ts';
import type { Context } from '../../../context.ts';
import { lookupOrders } from '../../../order/lookup-orders.ts';
import { contactKey, orderView } from '../../../order/order.ts';
import type { App } from '../../app-type.ts';
import { createGuessLimit } from '../../guess-limit.ts';

export function lookupOrdersRoute(app: App, context: Context): void {
  const guesses = createGuessLimit({
    redis: context.redis,
    name: 'look-up',
    enabled: context.config.limits,
    perSubject: 10,
    perAddress: 30,
    windowSeconds: 600,
  });
  const schema = {
    operationId: 'lookupOrders',
    tags: ['orders'],
    summary: 'Find orders by contact and look-up password',
    body: LookupBody,
    response: { 200: LookupReply },
  };
  app.post('/api/v1/orders/lookup', { schema }, async (request) => {
    await guesses.count(contactKey(request.body.contact), request.ip);
    const found = await lookupOrders(context, request.body);
    return { orders: found.map(({ order, token }) => ({ order: orderView(order), accessToken: token })) };
  });
}
