import { Type } from 'typebox';
import { ReplaceCardsBody, ReplacedCardsReply } from '../../../../contract/admin-replacements.ts';
import { OrderId, Problem } from '../../../../contract/common.ts';
import type { Context } from '../../../context.ts';
import { orderView } from '../../../order/order.ts';
import { replaceCards } from '../../../payment/replace-cards.ts';
import { actorOf } from '../../actor.ts';
import type { App } from '../../app-type.ts';
import { replaceProblem } from '../../replace-problems.ts';

export function replaceCardsRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminReplaceCards',
    tags: ['admin: orders'],
    summary: 'Withdraws bad cards of an order and gives it new ones; the buyer is told',
    params: Type.Object({ id: OrderId }),
    body: ReplaceCardsBody,
    response: { 200: ReplacedCardsReply, 404: Problem, 409: Problem },
  };
  app.post(
    '/api/admin/v1/orders/:id/replace-cards',
    { config: { action: 'orders.replace' }, schema },
    async (request) => {
      const outcome = await replaceCards(context, { orderId: request.params.id, ...request.body, ...actorOf(request) });
      if (outcome.kind !== 'replaced') throw replaceProblem(outcome);
      const replacements = outcome.replacements.map(({ cardId, newCardId }) => ({ cardId, newCardId }));
      return { order: orderView(outcome.order), replacements };
    },
  );
}
