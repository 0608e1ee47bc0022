import { AdminProductReply, IdParams, UpdateProductBody } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { updateProduct } from '../../../catalog/update-product.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { adminProductReply } from './show-product.ts';

export function updateProductRoute(app: App, context: Context): void {
  app.patch(
    '/api/admin/v1/products/:id',
    {
      config: { action: 'catalogue.change' },
      schema: {
        tags: ['admin: catalogue'],
        operationId: 'adminUpdateProduct',
        summary: 'Changes the fields given; status archived puts it away',
        params: IdParams,
        body: UpdateProductBody,
        response: { 200: AdminProductReply, 404: Problem, 409: Problem },
      },
    },
    async (request) => {
      const outcome = await updateProduct(context, { ...request.body, ...request.params, ...actorOf(request) });
      if (outcome.kind !== 'changed') throw editProblem(outcome, 'product_not_found');
      return adminProductReply(context, outcome.id);
    },
  );
}
