import { Type } from 'typebox';
import { ChangePasswordBody } from '../../../../contract/account.ts';
import { Problem } from '../../../../contract/common.ts';
import { changePassword } from '../../../account/change-password.ts';
import type { LoginThrottle } from '../../../account/login-throttle.ts';
import type { Context } from '../../../context.ts';
import { accountProblem } from '../../account-problems.ts';
import type { App } from '../../app-type.ts';
import { requireBuyer } from '../../plugins/buyer-auth.ts';

export function changePasswordRoute(app: App, context: Context, loginThrottle: LoginThrottle): void {
  app.post(
    '/api/v1/account/password',
    {
      schema: {
        tags: ['account'],
        operationId: 'changePassword',
        summary: 'A new password; all other sessions end',
        body: ChangePasswordBody,
        response: { 204: Type.Null(), 401: Problem, 403: Problem, 429: Problem },
      },
    },
    async (request, reply) => {
      const session = await requireBuyer(context, request);
      const input = { ...request.body, session, address: request.ip, requestId: request.id };
      const outcome = await changePassword({ ...context, loginThrottle }, input);
      if (outcome.kind !== 'changed') throw accountProblem(outcome);
      return reply.code(204).send(null);
    },
  );
}
