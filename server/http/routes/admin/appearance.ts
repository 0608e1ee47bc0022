import { Appearance, UpdateAppearanceBody } from '../../../../contract/appearance.ts';
import { Problem } from '../../../../contract/common.ts';
import { readAppearance, updateAppearance } from '../../../catalog/update-appearance.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

export function appearanceRoutes(app: App, context: Context): void {
  app.get(
    '/api/admin/v1/appearance',
    {
      config: { action: 'settings.read' },
      schema: {
        tags: ['admin: shop'],
        operationId: 'adminShowAppearance',
        summary: 'Name, look, announcement and footer of the shop',
        response: { 200: Appearance },
      },
    },
    () => readAppearance(context.database.read),
  );
  app.put(
    '/api/admin/v1/appearance',
    {
      config: { action: 'settings.change' },
      schema: {
        tags: ['admin: shop'],
        operationId: 'adminUpdateAppearance',
        summary: 'Puts all of it in the place of what is there',
        body: UpdateAppearanceBody,
        response: { 200: Appearance, 400: Problem, 404: Problem, 409: Problem },
      },
    },
    async (request) => {
      const outcome = await updateAppearance(context, { ...request.body, ...actorOf(request) });
      if (outcome.kind !== 'changed') throw editProblem(outcome, 'not_found');
      return outcome.appearance;
    },
  );
}
