/**
 * Some networks (UnionPay) send the payer's browser back by POST, with a message that proves nothing. The page of the order
 * is asked for by GET: the browser is told so, and what came with it is thrown away.
 */
import type { App } from '../app-type.ts';

const mostBytes = 64 * 1024;

export function returnFromPayment(app: App): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: mostBytes }, (_request, _body, done) => done(null));
    scope.post('/orders/:id', { schema: { hide: true } }, (request, reply) => {
      const { id } = request.params as { id: string };
      return reply.redirect(`/orders/${encodeURIComponent(id)}`, 303);
    });
  });
}
