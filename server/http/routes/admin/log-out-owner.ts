import { Type } from 'typebox';
import { deleteSession } from '../../../account/session-store.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { setSessionCookie } from '../../plugins/session-cookie.ts';

export function logOutOwnerRoute(app: App, context: Context): void {
  app.post(
    '/api/admin/v1/logout',
    {
      config: { action: 'self.change' },
      schema: {
        tags: ['admin: access'],
        operationId: 'adminLogOut',
        summary: 'Ends the session',
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const session = request.admin?.session;
      if (session) {
        await context.database.transact('account.log-out', (tx) => deleteSession(tx, session.tokenHash));
      }
      setSessionCookie(reply, context, 'owner', undefined);
      return reply.code(204).send(null);
    },
  );
}
