import { AdminSkuReply, IdParams } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { showAdminSku } from '../../../catalog/admin-catalogue.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

export function showSkuRoute(app: App, context: Context): void {
  app.get(
    '/api/admin/v1/skus/:id',
    {
      config: { action: 'catalogue.read' },
      schema: {
        tags: ['admin: catalogue'],
        operationId: 'adminShowSku',
        summary: 'One variant, to edit it',
        params: IdParams,
        response: { 200: AdminSkuReply, 404: Problem },
      },
    },
    ({ params }) => adminSkuReply(context, params.id),
  );
}

export async function adminSkuReply(context: Context, id: number) {
  const sku = await showAdminSku(context, id);
  if (!sku) throw new ProblemError('sku_not_found');
  return { sku };
}
