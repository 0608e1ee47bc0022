import { Type } from 'typebox';
import { FormReply } from '../../../../contract/buyer-fields.ts';
import { OrderId } from '../../../../contract/common.ts';
import type { Keyring } from '../../../card/keyring.ts';
import { showForms } from '../../../card/show-forms.ts';
import type { Context } from '../../../context.ts';
import { readOrder } from '../../../order/order-store.ts';
import type { App } from '../../app-type.ts';
import { openOrder } from '../../order-access.ts';
import { ProblemError } from '../../problem.ts';

/** Of the card role: it alone can open what is secret. */
export function showFormRoute(app: App, context: Context, keyring: Keyring): void {
  const schema = {
    operationId: 'showForm',
    tags: ['orders'],
    summary: 'What the buyer answered at the checkout',
    security: [{ order: [] }],
    params: Type.Object({ id: OrderId }),
    response: { 200: FormReply },
  };
  app.get('/api/v1/orders/:id/form', { schema }, async (request) => {
    const order = await openOrder(context, request, request.params.id);
    return { lines: await showForms({ ...context, keyring }, order.id) };
  });
}

/** For who delivers: the answers may hold a password. */
export function adminShowFormRoute(app: App, context: Context, keyring: Keyring): void {
  const schema = {
    operationId: 'adminShowForm',
    tags: ['admin: cards'],
    summary: 'What the buyer of an order answered at the checkout, secrets included',
    params: Type.Object({ orderId: OrderId }),
    response: { 200: FormReply },
  };
  app.get('/api/admin/v1/cards/forms/:orderId', { config: { action: 'cards.deliver' }, schema }, async (request) => {
    const { orderId } = request.params;
    if (!(await readOrder(context.database.read, orderId))) throw new ProblemError('order_not_found');
    return { lines: await showForms({ database: context.database, keyring }, orderId) };
  });
}
