import { MyOrdersQuery } from '../../../../contract/account.ts';
import { Problem } from '../../../../contract/common.ts';
import { LookupReply } from '../../../../contract/shop.ts';
import type { Context } from '../../../context.ts';
import { listUserOrders } from '../../../order/list-user-orders.ts';
import { orderView } from '../../../order/order.ts';
import type { App } from '../../app-type.ts';
import { requireBuyer } from '../../plugins/buyer-auth.ts';

export function listMyOrdersRoute(app: App, context: Context): void {
  app.get(
    '/api/v1/account/orders',
    {
      schema: {
        tags: ['account'],
        operationId: 'listMyOrders',
        summary: 'Orders placed from this account, the newest first, each with a key to open it',
        querystring: MyOrdersQuery,
        response: { 200: LookupReply, 401: Problem },
      },
    },
    async (request) => {
      const { user } = await requireBuyer(context, request);
      const found = await listUserOrders(context, { ...request.query, userId: user.id });
      return { orders: found.map(({ order, token }) => ({ order: orderView(order), accessToken: token })) };
    },
  );
}
