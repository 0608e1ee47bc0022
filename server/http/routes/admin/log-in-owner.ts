import { DeskLogInBody, SessionReply } from '../../../../contract/account.ts';
import { Problem } from '../../../../contract/common.ts';
import { logIn } from '../../../account/log-in.ts';
import type { LoginThrottle } from '../../../account/login-throttle.ts';
import type { Context } from '../../../context.ts';
import { accountProblem } from '../../account-problems.ts';
import type { App } from '../../app-type.ts';
import { sendSession } from '../../plugins/session-cookie.ts';
import { secretBox } from '../../second-factor-box.ts';

export function logInOwnerRoute(app: App, context: Context, loginThrottle: LoginThrottle): void {
  app.post(
    '/api/admin/v1/login',
    {
      config: { access: 'open' },
      schema: {
        tags: ['admin: access'],
        operationId: 'adminLogIn',
        summary: 'Name, password and, where it is on, a second factor for a session cookie',
        security: [],
        body: DeskLogInBody,
        response: { 200: SessionReply, 401: Problem, 429: Problem },
      },
    },
    async (request, reply) => {
      const origin = { address: request.ip, device: request.headers['user-agent'] };
      const input = { ...request.body, ...origin, kind: 'owner', requestId: request.id } as const;
      const outcome = await logIn({ ...context, loginThrottle, secretBox: secretBox(context) }, input);
      if (outcome.kind !== 'logged-in') throw accountProblem(outcome);
      return sendSession(reply, context, 'owner', outcome);
    },
  );
}
