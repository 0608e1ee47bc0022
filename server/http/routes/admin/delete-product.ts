import { Type } from 'typebox';
import { IdParams, VersionQuery } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { deleteProduct } from '../../../catalog/delete-product.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { skusInUse } from '../../skus-in-use.ts';

export function deleteProductRoute(app: App, context: Context): void {
  app.delete(
    '/api/admin/v1/products/:id',
    {
      config: { action: 'catalogue.change' },
      schema: {
        tags: ['admin: catalogue'],
        operationId: 'adminDeleteProduct',
        summary: 'Removes a product that was never stocked or ordered; archive any other',
        params: IdParams,
        querystring: VersionQuery,
        response: { 204: Type.Null(), 404: Problem, 409: Problem },
      },
    },
    async (request, reply) => {
      const input = { ...request.params, ...request.query, ...actorOf(request) };
      const outcome = await deleteProduct({ ...context, skusInUse: skusInUse(context) }, input);
      if (outcome.kind !== 'deleted') throw editProblem(outcome, 'product_not_found');
      return reply.code(204).send(null);
    },
  );
}
