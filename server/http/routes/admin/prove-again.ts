import { Problem } from '../../../../contract/common.ts';
import { ProveBody, ProveReply } from '../../../../contract/staff.ts';
import type { LoginThrottle } from '../../../account/login-throttle.ts';
import { proveAgain } from '../../../account/prove-again.ts';
import type { Context } from '../../../context.ts';
import { accountProblem } from '../../account-problems.ts';
import type { App } from '../../app-type.ts';
import { personOf } from '../../plugins/admin-auth.ts';
import { secretBox } from '../../second-factor-box.ts';

export function proveAgainRoute(app: App, context: Context, loginThrottle: LoginThrottle): void {
  const deps = { ...context, loginThrottle, secretBox: secretBox(context) };
  const schema = {
    operationId: 'adminProve',
    tags: ['admin: access'],
    summary: 'Proves again who sits there; for the next minutes secrets may be taken out of the shop',
    body: ProveBody,
    response: { 200: ProveReply, 401: Problem, 403: Problem, 429: Problem },
  };
  app.post('/api/admin/v1/prove', { config: { action: 'self.change' }, schema }, async (request) => {
    const outcome = await proveAgain(deps, { ...request.body, ...personOf(request), address: request.ip });
    if (outcome.kind !== 'proved') throw accountProblem(outcome);
    return { until: outcome.until };
  });
}
