import { AdminProductReply, CreateProductBody } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { createProduct } from '../../../catalog/create-product.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { adminProductReply } from './show-product.ts';

export function createProductRoute(app: App, context: Context): void {
  app.post(
    '/api/admin/v1/products',
    {
      config: { action: 'catalogue.change' },
      schema: {
        tags: ['admin: catalogue'],
        operationId: 'adminCreateProduct',
        summary: 'A new product; it shows in the shop once it has a variant',
        body: CreateProductBody,
        response: { 201: AdminProductReply, 404: Problem, 409: Problem },
      },
    },
    async (request, reply) => {
      const outcome = await createProduct(context, { ...request.body, ...actorOf(request) });
      if (outcome.kind !== 'created') throw editProblem(outcome, 'product_not_found');
      return reply.code(201).send(await adminProductReply(context, outcome.id));
    },
  );
}
