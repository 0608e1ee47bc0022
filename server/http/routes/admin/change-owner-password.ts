import { Type } from 'typebox';
import { ChangePasswordBody } from '../../../../contract/account.ts';
import { Problem } from '../../../../contract/common.ts';
import { changePassword } from '../../../account/change-password.ts';
import type { LoginThrottle } from '../../../account/login-throttle.ts';
import type { Context } from '../../../context.ts';
import { accountProblem } from '../../account-problems.ts';
import type { App } from '../../app-type.ts';
import { personOf } from '../../plugins/admin-auth.ts';

export function changeOwnerPasswordRoute(app: App, context: Context, loginThrottle: LoginThrottle): void {
  app.post(
    '/api/admin/v1/password',
    {
      config: { action: 'self.change' },
      schema: {
        tags: ['admin: access'],
        operationId: 'adminChangePassword',
        summary: 'A new password; all other sessions end',
        body: ChangePasswordBody,
        response: { 204: Type.Null(), 401: Problem, 403: Problem, 429: Problem },
      },
    },
    async (request, reply) => {
      const input = { ...request.body, ...personOf(request), address: request.ip };
      const outcome = await changePassword({ ...context, loginThrottle }, input);
      if (outcome.kind !== 'changed') throw accountProblem(outcome);
      return reply.code(204).send(null);
    },
  );
}
