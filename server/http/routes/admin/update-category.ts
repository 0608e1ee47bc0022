import { AdminCategoryReply, IdParams, UpdateCategoryBody } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { updateCategory } from '../../../catalog/update-category.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

export function updateCategoryRoute(app: App, context: Context): void {
  app.patch(
    '/api/admin/v1/categories/:id',
    {
      config: { action: 'catalogue.change' },
      schema: {
        tags: ['admin: catalogue'],
        operationId: 'adminUpdateCategory',
        summary: 'Changes the fields given',
        params: IdParams,
        body: UpdateCategoryBody,
        response: { 200: AdminCategoryReply, 404: Problem, 409: Problem },
      },
    },
    async (request) => {
      const outcome = await updateCategory(context, { ...request.body, ...request.params, ...actorOf(request) });
      if (outcome.kind !== 'changed') throw editProblem(outcome, 'category_not_found');
      return { category: outcome.category };
    },
  );
}
