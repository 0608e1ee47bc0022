import { Type } from 'typebox';
import { Language, Problem, Slug } from '../../../../contract/common.ts';
import { ProductReply } from '../../../../contract/shop.ts';
import { showProduct } from '../../../catalog/show-product.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

export function showProductRoute(app: App, context: Context): void {
  app.get(
    '/api/v1/products/:slug',
    {
      schema: {
        tags: ['catalogue'],
        operationId: 'showProduct',
        summary: 'One product with its description',
        params: Type.Object({ slug: Slug }),
        querystring: Type.Object({ lang: Type.Optional(Language) }),
        response: { 200: ProductReply, 404: Problem },
      },
    },
    async ({ params, query }) => {
      const product = await showProduct(context, { slug: params.slug, lang: query.lang });
      if (!product) throw new ProblemError('product_not_found');
      return { product };
    },
  );
}
