/** "Tell me when it is back": asked in the shop, ended from the mail. */
import { Type } from 'typebox';
import { Problem, RowId } from '../../../../contract/common.ts';
import { RestockBody } from '../../../../contract/restock.ts';
import { readSku } from '../../../catalog/sku-store.ts';
import type { Context } from '../../../context.ts';
import { askRestock } from '../../../delivery/restock/ask-restock.ts';
import { deleteWaitsByToken } from '../../../delivery/restock/restock-store.ts';
import type { App } from '../../app-type.ts';
import { createGuessLimit } from '../../guess-limit.ts';
import { ProblemError } from '../../problem.ts';
import { stopPageHtml } from '../../stop-page.ts';

const csp =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

export function restockRoutes(app: App, context: Context): void {
  askRoute(app, context);
  stopRoutes(app, context);
}

function askRoute(app: App, context: Context): void {
  const limit = createGuessLimit({
    redis: context.redis,
    name: 'restock',
    enabled: context.config.limits,
    perSubject: 10,
    perAddress: 20,
    windowSeconds: 3600,
  });
  const schema = {
    tags: ['catalogue'],
    operationId: 'askRestock',
    summary: 'One mail when a sold-out variant is back',
    params: Type.Object({ id: RowId }),
    body: RestockBody,
    response: { 202: Type.Object({ waiting: Type.Literal(true) }), 404: Problem, 409: Problem },
  };
  app.post('/api/v1/skus/:id/restock', { schema }, async (request, reply) => {
    const { contact, lang } = request.body;
    await limit.count(contact.trim().toLowerCase(), request.ip);
    if (!context.mailEnabled) throw new ProblemError('restock_unavailable');
    const sku = await readSku(context.database.read, request.params.id);
    if (sku?.status !== 'active') throw new ProblemError('sku_not_found');
    const left = (await context.stock.available([sku.id])).get(sku.id) ?? 0;
    if (sku.delivery !== 'cards' || left >= sku.minQuantity) throw new ProblemError('still_in_stock');
    await askRestock(context, { skuId: sku.id, contact, lang });
    return reply.code(202).send({ waiting: true as const });
  });
}

function stopRoutes(app: App, context: Context): void {
  const url = '/restock/stop';
  app.register(async (scope) => {
    // Both what our page sends and what a mail program sends on its own (RFC 8058).
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 1000 }, (_request, _body, done) => done(null, {}));
    const page = (state: 'ask' | 'done', language: string | undefined) =>
      stopPageHtml(state, /^\s*zh|^$/i.test(language ?? '') ? 'zh' : 'en');
    // Looking changes nothing: mail servers look at every link.
    scope.get(url, { schema: { hide: true } }, async (request, reply) =>
      reply
        .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': csp })
        .send(page('ask', request.headers['accept-language'])),
    );
    scope.post(url, { schema: { hide: true } }, async (request, reply) => {
      const { token } = request.query as { token?: unknown };
      if (typeof token === 'string' && /^[\w-]{20,43}$/.test(token))
        await context.database.transact('restock.stop', (tx) => deleteWaitsByToken(tx, token));
      return reply
        .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': csp })
        .send(page('done', request.headers['accept-language']));
    });
  });
}
