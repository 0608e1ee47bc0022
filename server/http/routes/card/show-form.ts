import { Type } from 'typebox';
import { FormReply } from '../../../../contract/buyer-fields.ts';
import { OrderId } from '../../../../contract/common.ts';
import type { Keyring } from '../../../card/keyring.ts';
import { showForms } from '../../../card/show-forms.ts';
import type { Context } from '../../../context.ts';
import { readOrder } from '../../../order/order-store.ts';
import { recordAudit } from '../../../platform/audit-store.ts';
import type { App } from '../../app-type.ts';
import { openOrder } from '../../order-access.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
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

/** For who delivers. Answers may hold a password: then it is on record who reads before they do. */
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
    const { database, clock } = context;
    if (!(await readOrder(database.read, orderId))) throw new ProblemError('order_not_found');
    const lines = await showForms({ database, keyring }, orderId);
    if (lines.some(({ fields }) => fields.some(({ kind }) => kind === 'secret'))) {
      const entry = { ...actorOf(request), action: 'order.show-form' as const, subject: `order:${orderId}`, orderId };
      await database.transact('order.show-form', (tx) => recordAudit(tx, { ...entry, at: clock.now() }));
    }
    return { lines };
  });
}
