import { Problem } from '../../../../contract/common.ts';
import { ProductList, ProductListQuery } from '../../../../contract/shop.ts';
import { listProducts } from '../../../catalog/list-products.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';

export function listProductsRoute(app: App, context: Context): void {
  app.get(
    '/api/v1/products',
    {
      schema: {
        tags: ['catalogue'],
        operationId: 'listProducts',
        summary: 'Products on sale, with their variants and stock',
        querystring: ProductListQuery,
        response: { 200: ProductList, 400: Problem },
      },
    },
    (request) => listProducts(context, request.query),
  );
}
