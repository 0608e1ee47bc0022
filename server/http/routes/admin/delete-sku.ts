import { Type } from 'typebox';
import { IdParams, VersionQuery } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { deleteSku } from '../../../catalog/delete-sku.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { skusInUse } from '../../skus-in-use.ts';

export function deleteSkuRoute(app: App, context: Context): void {
  app.delete(
    '/api/admin/v1/skus/:id',
    {
      config: { action: 'catalogue.change' },
      schema: {
        tags: ['admin: catalogue'],
        operationId: 'adminDeleteSku',
        summary: 'Removes a variant that was never stocked or ordered; archive any other',
        params: IdParams,
        querystring: VersionQuery,
        response: { 204: Type.Null(), 404: Problem, 409: Problem },
      },
    },
    async (request, reply) => {
      const input = { ...request.params, ...request.query, ...actorOf(request) };
      const outcome = await deleteSku({ ...context, skusInUse: skusInUse(context) }, input);
      if (outcome.kind !== 'deleted') throw editProblem(outcome, 'sku_not_found');
      return reply.code(204).send(null);
    },
  );
}
