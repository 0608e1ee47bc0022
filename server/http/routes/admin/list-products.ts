import { AdminProductList, AdminProductQuery } from '../../../../contract/admin-catalogue.ts';
import { listAdminProducts } from '../../../catalog/admin-catalogue.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';

export function listAdminProductsRoute(app: App, context: Context): void {
  app.get(
    '/api/admin/v1/products',
    {
      config: { action: 'catalogue.read' },
      schema: {
        tags: ['admin: catalogue'],
        operationId: 'adminListProducts',
        summary: 'Products of every status, with all their variants and stock',
        querystring: AdminProductQuery,
        response: { 200: AdminProductList },
      },
    },
    (request) => listAdminProducts(context, request.query),
  );
}
