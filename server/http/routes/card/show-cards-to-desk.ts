import { Type } from 'typebox';
import { DeskCards, ReasonBody } from '../../../../contract/card.ts';
import { OrderId, Problem } from '../../../../contract/common.ts';
import type { Keyring } from '../../../card/keyring.ts';
import { showCardsToDesk } from '../../../card/show-cards.ts';
import type { Context } from '../../../context.ts';
import { readOrder } from '../../../order/order-store.ts';
import { recordAudit } from '../../../platform/audit-store.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { requireRecentProof } from '../../plugins/recent-proof.ts';
import { ProblemError } from '../../problem.ts';

/** Under /cards: only the card role can decrypt. First it is on record who looks, then they see it. */
export function showCardsToDeskRoute(app: App, context: Context, keyring: Keyring): void {
  const schema = {
    operationId: 'showCardsToDesk',
    tags: ['admin: cards'],
    summary: 'What an order was given, in clear; for a person who has just proved who they are, with a reason',
    params: Type.Object({ orderId: OrderId }),
    body: ReasonBody,
    response: { 200: DeskCards, 403: Problem, 404: Problem, 409: Problem },
  };
  const options = { config: { action: 'cards.show' }, schema, preHandler: requireRecentProof(context) } as const;
  app.post('/api/admin/v1/cards/orders/:orderId/show', options, async (request) => {
    const order = await readOrder(context.database.read, request.params.orderId);
    if (!order) throw new ProblemError('order_not_found');
    if (order.paidAt === null) throw new ProblemError('order_not_delivered');
    const [by, at, orderId] = [actorOf(request), context.clock.now(), order.id];
    const entry = { ...by, at, action: 'order.show-cards' as const, subject: `order:${orderId}`, orderId };
    await context.database.transact('order.show-cards', (tx) =>
      recordAudit(tx, { ...entry, reason: request.body.reason }),
    );
    return { cards: await showCardsToDesk({ ...context, keyring }, { orderId, lines: order.lines }) };
  });
}
