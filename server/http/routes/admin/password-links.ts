import { Type } from 'typebox';
import { Problem } from '../../../../contract/common.ts';
import { PasswordLinkState, UsePasswordLinkBody } from '../../../../contract/staff.ts';
import { personOfLink, setPasswordByLink } from '../../../account/set-password-by-link.ts';
import type { Context } from '../../../context.ts';
import { accountProblem } from '../../account-problems.ts';
import type { App } from '../../app-type.ts';

const path = '/api/admin/v1/password-link';
const open = { access: 'open' } as const;

/** For somebody who has nothing but the link. */
export function passwordLinkRoutes(app: App, context: Context): void {
  const show = {
    tags: ['admin: access'],
    operationId: 'adminShowPasswordLink',
    summary: 'Whose the link is whose token is sent along as X-Setup-Token, if it is still good',
    security: [],
    response: { 200: PasswordLinkState },
  };
  app.get(path, { config: open, schema: show }, async ({ headers }) => {
    const token = headers['x-setup-token'];
    const person = typeof token === 'string' ? await personOfLink(context, token) : undefined;
    return { valid: person !== undefined, login: person?.login ?? null };
  });
  const use = {
    tags: ['admin: access'],
    operationId: 'adminUsePasswordLink',
    summary: 'Sets the password of the person whose link it is; they sign in with it then',
    security: [],
    body: UsePasswordLinkBody,
    response: { 204: Type.Null(), 410: Problem },
  };
  app.post(path, { config: open, schema: use }, async (request, reply) => {
    const outcome = await setPasswordByLink(context, { ...request.body, requestId: request.id });
    if (outcome.kind !== 'set') throw accountProblem(outcome);
    return reply.code(204).send(null);
  });
}
