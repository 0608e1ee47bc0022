import { AdminProductReply, IdParams } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { copyProduct } from '../../../catalog/copy-product.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { adminProductReply } from './show-product.ts';

export function copyProductRoute(app: App, context: Context): void {
  app.post(
    '/api/admin/v1/products/:id/copy',
    {
      config: { action: 'catalogue.change' },
      schema: {
        tags: ['admin: catalogue'],
        operationId: 'adminCopyProduct',
        summary: 'A hidden product like it, with its variants; without cards, flash sales and webhook secrets',
        params: IdParams,
        response: { 201: AdminProductReply, 404: Problem },
      },
    },
    async (request, reply) => {
      const outcome = await copyProduct(context, { ...request.params, ...actorOf(request) });
      if (outcome.kind !== 'created') throw editProblem(outcome, 'product_not_found');
      return reply.code(201).send(await adminProductReply(context, outcome.id));
    },
  );
}
