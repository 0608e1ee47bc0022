import { IdParams, SetWebhookBody, WebhookReply, WebhookTestReply } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { setSkuWebhook, webhookOwner } from '../../../catalog/set-sku-webhook.ts';
import { readSku } from '../../../catalog/sku-store.ts';
import { readSkuWebhook } from '../../../catalog/sku-webhook-store.ts';
import type { Context } from '../../../context.ts';
import { callWebhook } from '../../../payment/webhook-call.ts';
import { randomToken } from '../../../platform/ids.ts';
import { createOutsideHttp } from '../../../platform/outside-http.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { ProblemError } from '../../problem.ts';
import { webhookBox } from '../../webhook-box.ts';

const path = '/api/admin/v1/skus/:id/webhook';
const tags = ['admin: catalogue'];

/** Which program of the owner delivers a variant, and a try whether it answers. */
export function skuWebhookRoutes(app: App, context: Context): void {
  const { database, clock } = context;
  const rule = context.config.outsideRule;
  const box = webhookBox(context);
  const show = async (id: number) => {
    if (!(await readSku(database.read, id))) throw new ProblemError('sku_not_found');
    const webhook = await readSkuWebhook(database.read, id);
    return { webhook: webhook ? { url: webhook.url, hasSecret: true } : null };
  };
  app.get(
    path,
    {
      config: { action: 'catalogue.read' },
      schema: {
        tags,
        operationId: 'adminShowSkuWebhook',
        summary: 'Where goods of this variant are asked for; never the secret',
        params: IdParams,
        response: { 200: WebhookReply, 404: Problem },
      },
    },
    (request) => show(request.params.id),
  );
  app.put(
    path,
    {
      config: { action: 'catalogue.change' },
      schema: {
        tags,
        operationId: 'adminSetSkuWebhook',
        summary: 'Where goods of this variant are asked for; without a secret the one before is kept',
        params: IdParams,
        body: SetWebhookBody,
        response: { 200: WebhookReply, 404: Problem },
      },
    },
    async (request) => {
      const { id } = request.params;
      const asked = { ...request.body, skuId: id, ...actorOf(request) };
      const outcome = await setSkuWebhook({ database, clock, rule, box }, asked);
      if (outcome.kind !== 'set') throw editProblem(outcome, 'sku_not_found');
      return show(id);
    },
  );
  app.post(
    `${path}/test`,
    {
      config: { action: 'catalogue.change' },
      schema: {
        tags,
        operationId: 'adminTestSkuWebhook',
        summary: 'Sends a signed request with the event "test" and says what came back',
        params: IdParams,
        response: { 200: WebhookTestReply, 404: Problem },
      },
    },
    async (request) => {
      const { id } = request.params;
      const webhook = await readSkuWebhook(database.read, id);
      if (!webhook) throw new ProblemError('sku_not_found', 'No webhook is set up for this variant.');
      const target = { url: webhook.url, secret: box.unseal(webhookOwner(id), webhook.secret) };
      const deps = { http: createOutsideHttp(rule), clock };
      const answer = await callWebhook(deps, target, `test:${randomToken()}`, { event: 'test', line: { skuId: id } });
      return answer.kind === 'failed'
        ? { ok: false, outcome: answer.kind, reason: answer.reason }
        : { ok: true, outcome: answer.kind };
    },
  );
}
