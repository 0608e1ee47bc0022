import { OrderList, OrderListQuery } from '../../../../contract/admin-orders.ts';
import type { Context } from '../../../context.ts';
import { orderView } from '../../../order/order.ts';
import { searchOrders } from '../../../order/search-orders-store.ts';
import { orderIdsOfPayment } from '../../../payment/payment-store.ts';
import type { App } from '../../app-type.ts';

export function listOrdersRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminListOrders',
    tags: ['admin: orders'],
    summary: 'Orders, newest first; search by number or contact',
    querystring: OrderListQuery,
    response: { 200: OrderList },
  };
  app.get('/api/admin/v1/orders', { config: { action: 'orders.read' }, schema }, async (request) => {
    const { q, status, from, to, before, limit } = request.query;
    const common = { status, fromMs: from, toMs: to, before, limit };
    const orders = await searchOrders(context.database.lagging, { ...common, ...(await narrow(context, q?.trim())) });
    const last = orders.length === limit ? orders.at(-1) : undefined;
    return { orders: orders.map(orderView), next: last?.id ?? null };
  });
}

async function narrow(
  { database }: Context,
  q: string | undefined,
): Promise<{ ids?: string[]; contactPrefix?: string }> {
  if (!q) return {};
  if (/^[0-9A-Z]{28}$/.test(q)) return { ids: [q] };
  // Numbers are ASCII; MariaDB does not even compare anything else with them.
  const ids = /^[\x21-\x7e]+$/.test(q) ? await orderIdsOfPayment(database.lagging, q) : [];
  return ids.length > 0 ? { ids } : { contactPrefix: q };
}
