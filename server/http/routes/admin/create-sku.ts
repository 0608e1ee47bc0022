import { AdminSkuReply, CreateSkuBody, IdParams } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { createSku } from '../../../catalog/create-sku.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { adminSkuReply } from './show-sku.ts';

export function createSkuRoute(app: App, context: Context): void {
  app.post(
    '/api/admin/v1/products/:id/skus',
    {
      config: { action: 'catalogue.change' },
      schema: {
        tags: ['admin: catalogue'],
        operationId: 'adminCreateSku',
        summary: 'A new variant of a product',
        params: IdParams,
        body: CreateSkuBody,
        response: { 201: AdminSkuReply, 404: Problem },
      },
    },
    async (request, reply) => {
      const productId = request.params.id;
      const outcome = await createSku(context, { ...request.body, productId, ...actorOf(request) });
      if (outcome.kind !== 'created') throw editProblem(outcome, 'product_not_found');
      return reply.code(201).send(await adminSkuReply(context, outcome.id));
    },
  );
}
