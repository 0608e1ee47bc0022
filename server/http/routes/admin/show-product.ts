import { AdminProductReply, IdParams } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { showAdminProduct } from '../../../catalog/admin-catalogue.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

export function showAdminProductRoute(app: App, context: Context): void {
  app.get(
    '/api/admin/v1/products/:id',
    {
      config: { action: 'catalogue.read' },
      schema: {
        tags: ['admin: catalogue'],
        operationId: 'adminShowProduct',
        summary: 'One product, to edit it',
        params: IdParams,
        response: { 200: AdminProductReply, 404: Problem },
      },
    },
    ({ params }) => adminProductReply(context, params.id),
  );
}

export async function adminProductReply(context: Context, id: number) {
  const product = await showAdminProduct(context, id);
  if (!product) throw new ProblemError('product_not_found');
  return { product };
}
