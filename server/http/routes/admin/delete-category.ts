import { Type } from 'typebox';
import { IdParams, VersionQuery } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { deleteCategory } from '../../../catalog/delete-category.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

export function deleteCategoryRoute(app: App, context: Context): void {
  app.delete(
    '/api/admin/v1/categories/:id',
    {
      config: { action: 'catalogue.change' },
      schema: {
        tags: ['admin: catalogue'],
        operationId: 'adminDeleteCategory',
        summary: 'Removes a category that has no products',
        params: IdParams,
        querystring: VersionQuery,
        response: { 204: Type.Null(), 404: Problem, 409: Problem },
      },
    },
    async (request, reply) => {
      const input = { ...request.params, ...request.query, ...actorOf(request) };
      const outcome = await deleteCategory(context, input);
      if (outcome.kind !== 'deleted') throw editProblem(outcome, 'category_not_found');
      return reply.code(204).send(null);
    },
  );
}
