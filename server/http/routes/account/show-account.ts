import { SessionReply } from '../../../../contract/account.ts';
import { Problem } from '../../../../contract/common.ts';
import { csrfTokenOf } from '../../../account/session.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { requireBuyer } from '../../plugins/buyer-auth.ts';
import { readSessionCookie } from '../../plugins/session-cookie.ts';

export function showAccountRoute(app: App, context: Context): void {
  app.get(
    '/api/v1/account/me',
    {
      schema: {
        tags: ['account'],
        operationId: 'showAccount',
        summary: 'Whose session this is',
        response: { 200: SessionReply, 401: Problem },
      },
    },
    async (request) => {
      const { user } = await requireBuyer(context, request);
      const csrfToken = csrfTokenOf(readSessionCookie(request, 'buyer') ?? '');
      return { user: { id: user.id, login: user.login, displayName: user.displayName }, csrfToken };
    },
  );
}
