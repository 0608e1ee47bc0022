import { AdminCategoryReply, CreateCategoryBody } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { createCategory } from '../../../catalog/create-category.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

export function createCategoryRoute(app: App, context: Context): void {
  app.post(
    '/api/admin/v1/categories',
    {
      config: { action: 'catalogue.change' },
      schema: {
        tags: ['admin: catalogue'],
        operationId: 'adminCreateCategory',
        summary: 'A new category; without a slug its name gives one',
        body: CreateCategoryBody,
        response: { 201: AdminCategoryReply, 409: Problem },
      },
    },
    async (request, reply) => {
      const outcome = await createCategory(context, { ...request.body, ...actorOf(request) });
      if (outcome.kind !== 'created') throw editProblem(outcome, 'category_not_found');
      return reply.code(201).send({ category: outcome.category });
    },
  );
}
