import { Type } from 'typebox';
import { Problem } from '../../../../contract/common.ts';
import { deleteSession } from '../../../account/session-store.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { requireBuyer } from '../../plugins/buyer-auth.ts';
import { setSessionCookie } from '../../plugins/session-cookie.ts';

export function logOutRoute(app: App, context: Context): void {
  app.post(
    '/api/v1/account/logout',
    {
      schema: {
        tags: ['account'],
        operationId: 'logOut',
        summary: 'Ends the session',
        response: { 204: Type.Null(), 401: Problem, 403: Problem },
      },
    },
    async (request, reply) => {
      const { tokenHash } = await requireBuyer(context, request);
      await context.database.transact('account.log-out', (tx) => deleteSession(tx, tokenHash));
      setSessionCookie(reply, context, 'buyer', undefined);
      return reply.code(204).send(null);
    },
  );
}
