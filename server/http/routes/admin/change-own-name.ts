import { Type } from 'typebox';
import { ChangeNameBody } from '../../../../contract/account.ts';
import { Problem } from '../../../../contract/common.ts';
import { changeOwnName } from '../../../account/change-own-name.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { personOf } from '../../plugins/admin-auth.ts';

export function changeOwnNameRoute(app: App, context: Context): void {
  app.patch(
    '/api/admin/v1/me',
    {
      config: { action: 'self.change' },
      schema: {
        tags: ['admin: access'],
        operationId: 'adminChangeName',
        summary: 'What you are called on the pages of the desk',
        body: ChangeNameBody,
        response: { 204: Type.Null(), 403: Problem },
      },
    },
    async (request, reply) => {
      await changeOwnName(context, { displayName: request.body.displayName.trim(), ...personOf(request) });
      return reply.code(204).send(null);
    },
  );
}
