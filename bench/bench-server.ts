/** The shop as `cardwell serve` runs it, with two routes more, which do nothing. Stops when its parent goes. */

import { PlaceOrderBody, PlaceOrderReply } from '../contract/shop.ts';
import { buildApp } from '../server/app.ts';
import { readConfig, roles } from '../server/config.ts';
import { openContext } from '../server/context.ts';
import { sampleReply } from './sample-reply.ts';

const context = await openContext(readConfig(), roles);
const app = await buildApp(context);
// The shell of the two routes of the flow with nothing behind it: the same input checked, a reply of the same shape,
// and raw bytes answered with one word.
app.post(
  '/bench/nothing/order',
  { schema: { body: PlaceOrderBody, response: { 201: PlaceOrderReply } } },
  async (_request, reply) => {
    reply.code(201);
    return sampleReply;
  },
);
await app.register(async (scope) => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  scope.post('/bench/nothing/callback', async (_request, reply) =>
    reply.header('content-type', 'text/plain; charset=utf-8').send('success'),
  );
});
await app.listen({ host: '127.0.0.1', port: 0 });
const address = app.server.address();
process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
process.on('message', (message: string) => {
  if (message === 'memory') process.send?.({ rss: process.memoryUsage().rss, heap: process.memoryUsage().heapUsed });
  if (message === 'work') {
    const { user, system } = process.cpuUsage();
    const { batches: orderBatches } = context.orders.stats();
    process.send?.({ cpuMs: (user + system) / 1000, orderBatches });
  }
});
process.on('disconnect', () => process.exit(0));
