import { Readable } from 'node:stream';
import { OrderExportQuery } from '../../../../contract/admin-orders.ts';
import type { Context } from '../../../context.ts';
import { eachOrder } from '../../../order/each-order.ts';
import { recordAudit } from '../../../platform/audit-store.ts';
import { actorOf } from '../../actor.ts';
import type { App } from '../../app-type.ts';
import { orderCsv } from '../../order-csv.ts';
import { orderSearch } from '../../order-search.ts';

export function exportOrdersRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminExportOrders',
    tags: ['admin: orders'],
    summary: 'The same orders as a CSV file, however many; who took it is in the audit log',
    querystring: OrderExportQuery,
    produces: ['text/csv'],
  };
  // A HEAD would read everything to say nothing.
  app.get(
    '/api/admin/v1/orders.csv',
    { config: { action: 'orders.export' }, schema, exposeHeadRoute: false },
    async (request, reply) => {
      const { lang, ...filter } = request.query;
      const search = await orderSearch(context, filter);
      const at = context.clock.now();
      await context.database.transact('order.export', (tx) =>
        recordAudit(tx, { ...actorOf(request), at, action: 'order.export', subject: 'orders', after: filter }),
      );
      const day = new Date(at).toISOString().slice(0, 10);
      reply.header('content-type', 'text/csv; charset=utf-8');
      reply.header('content-disposition', `attachment; filename="orders-${day}.csv"`);
      return reply.send(Readable.from(orderCsv(eachOrder(context.database.lagging, search), lang)));
    },
  );
}
