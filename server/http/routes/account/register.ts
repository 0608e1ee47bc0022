import { RegisterBody, SessionReply } from '../../../../contract/account.ts';
import { Problem } from '../../../../contract/common.ts';
import type { LoginThrottle } from '../../../account/login-throttle.ts';
import { registerBuyer } from '../../../account/register-buyer.ts';
import type { Context } from '../../../context.ts';
import { accountProblem } from '../../account-problems.ts';
import type { App } from '../../app-type.ts';
import { sendSession } from '../../plugins/session-cookie.ts';

export function registerRoute(app: App, context: Context, loginThrottle: LoginThrottle): void {
  app.post(
    '/api/v1/account/register',
    {
      schema: {
        tags: ['account'],
        operationId: 'register',
        summary: 'An account for a buyer who wants one; nobody needs it to buy',
        body: RegisterBody,
        response: { 201: SessionReply, 409: Problem, 429: Problem },
      },
    },
    async (request, reply) => {
      // Every try counts: the answer tells whether a login is taken, and hashing costs us.
      if (!(await loginThrottle.countTry('register', request.ip))) throw accountProblem({ kind: 'too-many-tries' });
      const outcome = await registerBuyer(context, request.body);
      if (outcome.kind !== 'registered') throw accountProblem(outcome);
      return sendSession(reply.code(201), context, 'buyer', outcome);
    },
  );
}
