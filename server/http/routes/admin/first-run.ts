import { FirstRun, UpdateFirstRunBody } from '../../../../contract/appearance.ts';
import type { Context } from '../../../context.ts';
import { readFirstRun, updateFirstRun } from '../../../reconcile/first-run/first-run.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

export function firstRunRoutes(app: App, context: Context): void {
  app.get(
    '/api/admin/v1/first-run',
    {
      config: { action: 'settings.read' },
      schema: {
        tags: ['admin: shop'],
        operationId: 'adminShowFirstRun',
        summary: 'The first steps of a new shop, and which of them are done',
        response: { 200: FirstRun },
      },
    },
    () => readFirstRun(context.database.read),
  );
  app.patch(
    '/api/admin/v1/first-run',
    {
      config: { action: 'settings.change' },
      schema: {
        tags: ['admin: shop'],
        operationId: 'adminUpdateFirstRun',
        summary: 'Leaves steps out, or puts the list away',
        body: UpdateFirstRunBody,
        response: { 200: FirstRun },
      },
    },
    async (request) => {
      await updateFirstRun(context, { ...request.body, ...actorOf(request) });
      return readFirstRun(context.database.read);
    },
  );
}
