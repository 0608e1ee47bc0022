/** Server-sent events: the order at once, and again at each change. Ends when the buyer leaves or nothing can change any more. */
import { Type } from 'typebox';
import { OrderId } from '../../../../contract/common.ts';
import type { Context } from '../../../context.ts';
import { orderView } from '../../../order/order.ts';
import type { App } from '../../app-type.ts';
import { openOrder } from '../../order-access.ts';
import type { OrderWatch } from '../../order-watch.ts';
import { ProblemError } from '../../problem.ts';

const heartbeatMs = 15_000;
const maxStreamMs = 30 * 60_000;
/** For browsers that follow by EventSource; our own pages spread themselves. */
const comeBackAfterMs = 1000;

export function watchOrderRoute(app: App, context: Context, watch: OrderWatch): void {
  const schema = {
    operationId: 'watchOrder',
    tags: ['orders'],
    summary: 'Follow an order (text/event-stream)',
    security: [{ order: [] }],
    params: Type.Object({ id: OrderId }),
  };
  // A stream has no HEAD: it would hold the connection without ever ending.
  app.get('/api/v1/orders/:id/events', { schema, exposeHeadRoute: false }, async (request, reply) => {
    const order = await openOrder(context, request, request.params.id);
    if (watch.full()) throw new ProblemError('overloaded');
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    const send = (view: unknown) => stream.write(`event: order\ndata: ${JSON.stringify(view)}\n\n`);
    send(orderView(order));
    const stop = watch.follow(order.id, order.version, (changed) => send(orderView(changed)));
    const heartbeat = setInterval(() => stream.write(': still here\n\n'), heartbeatMs);
    const end = setTimeout(() => stream.end(), maxStreamMs);
    // Another process takes over.
    const leave = () => stream.end(`retry: ${comeBackAfterMs}\n\n`);
    context.stopping.signal.addEventListener('abort', leave);
    if (context.stopping.signal.aborted) leave();
    stream.on('close', () => {
      stop();
      clearInterval(heartbeat);
      clearTimeout(end);
      context.stopping.signal.removeEventListener('abort', leave);
    });
  });
}
