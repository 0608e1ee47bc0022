import { AdminCategoryList } from '../../../../contract/admin-catalogue.ts';
import { readCategories } from '../../../catalog/category-store.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';

export function listCategoriesRoute(app: App, { database }: Context): void {
  app.get(
    '/api/admin/v1/categories',
    {
      config: { action: 'catalogue.read' },
      schema: {
        tags: ['admin: catalogue'],
        operationId: 'adminListCategories',
        summary: 'All categories, in the order shown',
        response: { 200: AdminCategoryList },
      },
    },
    async () => ({ categories: await readCategories(database.read) }),
  );
}
