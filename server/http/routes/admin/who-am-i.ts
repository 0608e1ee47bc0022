import { AdminIdentityReply } from '../../../../contract/account.ts';
import { actions } from '../../../../contract/permissions.ts';
import { csrfTokenOf } from '../../../account/session.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { readSessionCookie } from '../../plugins/session-cookie.ts';

export function whoAmIRoute(app: App, _context: Context): void {
  app.get(
    '/api/admin/v1/me',
    {
      config: { action: 'self.read' },
      schema: {
        tags: ['admin: access'],
        operationId: 'adminWhoAmI',
        summary: 'Whose session or token this is, and what it may do',
        response: { 200: AdminIdentityReply },
      },
    },
    async (request) => {
      const { actor } = actorOf(request);
      const session = request.admin?.session;
      const cookie = session && readSessionCookie(request, 'owner');
      return {
        actor,
        scopes: [...(request.admin?.scopes ?? [])],
        user: session
          ? { id: session.user.id, login: session.user.login, displayName: session.user.displayName }
          : null,
        csrfToken: cookie ? csrfTokenOf(cookie) : null,
        role: request.admin?.role ?? null,
        actions: actions.filter((action) => request.admin?.may(action)),
      };
    },
  );
}
