import { Type } from 'typebox';
import { OrderId } from '../../../../contract/common.ts';
import { CardsReply } from '../../../../contract/shop.ts';
import { showCards } from '../../../card/show-cards.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { openOrder } from '../../order-access.ts';
import { ProblemError } from '../../problem.ts';

export function showCardsRoute(app: App, context: Context): void {
  const { keyring } = context;
  if (!keyring) throw new Error('the card role needs the card key');
  const schema = {
    operationId: 'showCards',
    tags: ['orders'],
    summary: 'The cards of a paid order',
    security: [{ order: [] }],
    params: Type.Object({ id: OrderId }),
    response: { 200: CardsReply },
  };
  app.get('/api/v1/orders/:id/cards', { schema }, async (request) => {
    const order = await openOrder(context, request, request.params.id);
    if (order.status !== 'delivered' && order.status !== 'paid') throw new ProblemError('order_not_delivered');
    return { cards: await showCards({ ...context, keyring }, { orderId: order.id, lines: order.lines }) };
  });
}
