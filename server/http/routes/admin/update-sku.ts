import { AdminSkuReply, IdParams, UpdateSkuBody } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { updateSku } from '../../../catalog/update-sku.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { skusInUse } from '../../skus-in-use.ts';
import { adminSkuReply } from './show-sku.ts';

export function updateSkuRoute(app: App, context: Context): void {
  const deps = { ...context, skusInUse: skusInUse(context) };
  app.patch(
    '/api/admin/v1/skus/:id',
    {
      config: { action: 'catalogue.change' },
      schema: {
        tags: ['admin: catalogue'],
        operationId: 'adminUpdateSku',
        summary: 'Changes the fields given; how it is delivered only while it has neither cards nor orders',
        params: IdParams,
        body: UpdateSkuBody,
        response: { 200: AdminSkuReply, 404: Problem, 409: Problem },
      },
    },
    async (request) => {
      const outcome = await updateSku(deps, { ...request.body, ...request.params, ...actorOf(request) });
      if (outcome.kind !== 'changed') throw editProblem(outcome, 'sku_not_found');
      return adminSkuReply(context, outcome.id);
    },
  );
}
