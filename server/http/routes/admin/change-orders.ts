import {
  ChangeOrdersBody,
  type ChangeOrdersReply,
  ChangeOrdersReply as Reply,
} from '../../../../contract/admin-orders.ts';
import type { Context } from '../../../context.ts';
import { readOrder } from '../../../order/order-store.ts';
import { cancelOrder } from '../../../payment/cancel-order.ts';
import { completeOrder } from '../../../payment/complete-order.ts';
import { requestRefund } from '../../../payment/request-refund.ts';
import { type Actor, recordAudit } from '../../../platform/audit-store.ts';
import { actorOf } from '../../actor.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

type Outcome = ChangeOrdersReply['results'][number]['outcome'];
type Change = (context: Context, orderId: string, reason: string, by: Actor) => Promise<Outcome>;

export function changeOrdersRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminChangeOrders',
    tags: ['admin: orders'],
    summary: 'Cancel, refund or deliver many orders; each by itself, so one that cannot be changed stops no other',
    body: ChangeOrdersBody,
    response: { 200: Reply },
  };
  app.post('/api/admin/v1/orders/batch', { config: { action: 'orders.cancel' }, schema }, async (request) => {
    const { ids, action, reason } = request.body;
    // The route asks for the least of the three.
    if (!request.admin?.may(`orders.${action}`)) throw new ProblemError('forbidden');
    const by = actorOf(request);
    const results: ChangeOrdersReply['results'] = [];
    for (const id of ids) results.push({ id, outcome: await changes[action](context, id, reason, by) });
    return { results };
  });
}

const changes: Record<'cancel' | 'refund' | 'complete', Change> = {
  async cancel(context, orderId, reason, by) {
    if (!(await readOrder(context.database.read, orderId))) return 'order-not-found';
    const at = context.clock.now();
    const entry = { ...by, at, action: 'order.cancel' as const, subject: `order:${orderId}`, orderId, reason };
    const cancelled = await cancelOrder(context, orderId, (tx) => recordAudit(tx, entry));
    return cancelled ? 'done' : 'not-possible';
  },
  async refund(context, orderId, reason, by) {
    const request = { orderId, amountMinor: undefined, mode: 'channel' as const, reason, ...by };
    const { kind } = await requestRefund(context, request);
    if (kind === 'requested') return 'done';
    return kind === 'order-not-found' || kind === 'proposed' ? kind : 'nothing-to-refund';
  },
  async complete(context, orderId, reason, by) {
    const { kind } = await completeOrder(context, { orderId, reason, ...by });
    if (kind === 'completed') return 'done';
    return kind === 'state-conflict' ? 'not-possible' : kind;
  },
};
