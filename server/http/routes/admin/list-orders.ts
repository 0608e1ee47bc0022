import { OrderList, OrderListQuery } from '../../../../contract/admin-orders.ts';
import type { Context } from '../../../context.ts';
import { orderView } from '../../../order/order.ts';
import { searchOrders } from '../../../order/search-orders-store.ts';
import type { App } from '../../app-type.ts';
import { orderSearch } from '../../order-search.ts';

export function listOrdersRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminListOrders',
    tags: ['admin: orders'],
    summary: 'Orders, newest first; search by number or contact',
    querystring: OrderListQuery,
    response: { 200: OrderList },
  };
  app.get('/api/admin/v1/orders', { config: { action: 'orders.read' }, schema }, async (request) => {
    const { before, limit, ...filter } = request.query;
    const search = await orderSearch(context, filter);
    const orders = await searchOrders(context.database.lagging, { ...search, before, limit });
    const last = orders.length === limit ? orders.at(-1) : undefined;
    return { orders: orders.map(orderView), next: last?.id ?? null };
  });
}
