import { LogInBody, SessionReply } from '../../../../contract/account.ts';
import { Problem } from '../../../../contract/common.ts';
import { logIn } from '../../../account/log-in.ts';
import type { LoginThrottle } from '../../../account/login-throttle.ts';
import type { Context } from '../../../context.ts';
import { accountProblem } from '../../account-problems.ts';
import type { App } from '../../app-type.ts';
import { sendSession } from '../../plugins/session-cookie.ts';

export function logInRoute(app: App, context: Context, loginThrottle: LoginThrottle): void {
  app.post(
    '/api/v1/account/login',
    {
      schema: {
        tags: ['account'],
        operationId: 'logIn',
        summary: 'Name and password for a session cookie',
        body: LogInBody,
        response: { 200: SessionReply, 401: Problem, 429: Problem },
      },
    },
    async (request, reply) => {
      const input = { ...request.body, kind: 'buyer', address: request.ip, requestId: request.id } as const;
      const outcome = await logIn({ ...context, loginThrottle }, input);
      if (outcome.kind !== 'logged-in') throw accountProblem(outcome);
      return sendSession(reply, context, 'buyer', outcome);
    },
  );
}
