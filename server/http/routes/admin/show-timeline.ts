import { Type } from 'typebox';
import { Timeline } from '../../../../contract/admin-timeline.ts';
import { OrderId } from '../../../../contract/common.ts';
import type { Context } from '../../../context.ts';
import { orderTimeline } from '../../../reconcile/timeline/order-timeline.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

export function showTimelineRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminShowTimeline',
    tags: ['admin: orders'],
    summary: 'Everything that happened to an order, oldest first',
    params: Type.Object({ id: OrderId }),
    response: { 200: Timeline },
  };
  app.get('/api/admin/v1/orders/:id/timeline', { config: { action: 'orders.read' }, schema }, async ({ params }) => {
    const events = await orderTimeline(context, params.id);
    if (!events) throw new ProblemError('order_not_found');
    return { events };
  });
}
