import { Type } from 'typebox';
import { Problem } from '../../../../contract/common.ts';
import {
  ConfirmSecondFactorBody,
  EnrolReply,
  ProvePasswordBody,
  RecoveryCodesReply,
  SecondFactorState,
} from '../../../../contract/staff.ts';
import type { LoginThrottle } from '../../../account/login-throttle.ts';
import {
  confirmSecondFactor,
  enrol,
  renewRecoveryCodes,
  turnOffSecondFactor,
} from '../../../account/own-second-factor.ts';
import { readSecondFactor } from '../../../account/second-factor-store.ts';
import { readShopSettings } from '../../../catalog/update-shop-settings.ts';
import type { Context } from '../../../context.ts';
import { accountProblem } from '../../account-problems.ts';
import type { App } from '../../app-type.ts';
import { personOf } from '../../plugins/admin-auth.ts';
import { secretBox } from '../../second-factor-box.ts';

const tags = ['admin: access'];
const base = '/api/admin/v1/second-factor';
const change = { action: 'self.change' } as const;
const refusals = { 401: Problem, 403: Problem, 409: Problem, 429: Problem };

export function secondFactorRoutes(app: App, context: Context, loginThrottle: LoginThrottle): void {
  const deps = { ...context, loginThrottle, secretBox: secretBox(context) };
  const show = { operationId: 'adminShowSecondFactor', tags, summary: 'Whether your second factor is on' };
  app.get(
    base,
    { config: { action: 'self.read' }, schema: { ...show, response: { 200: SecondFactorState } } },
    async (request) => {
      const factor = await readSecondFactor(context.database.read, personOf(request).session.user.id);
      return { on: factor.onAt !== null, recoveryCodesLeft: factor.recoveryCodes.size };
    },
  );
  const begin = {
    operationId: 'adminEnrol',
    tags,
    summary: 'A secret for an authenticator app; asked for at sign-in once a code of it is confirmed',
    body: ProvePasswordBody,
    response: { 200: EnrolReply, ...refusals },
  };
  app.post(base, { config: change, schema: begin }, async (request) => {
    const { name: issuer } = await readShopSettings(context.database.read);
    const input = { ...request.body, ...personOf(request), address: request.ip, issuer };
    const outcome = await enrol(deps, input);
    if (outcome.kind !== 'begun') throw accountProblem(outcome);
    return { secret: outcome.secret, uri: outcome.uri };
  });
  const confirm = {
    operationId: 'adminConfirmSecondFactor',
    tags,
    summary: 'Turns it on with a code of the app; the reply holds the recovery codes',
    body: ConfirmSecondFactorBody,
    response: { 200: RecoveryCodesReply, ...refusals },
  };
  app.post(`${base}/confirm`, { config: change, schema: confirm }, async (request) => {
    const outcome = await confirmSecondFactor(deps, { ...request.body, ...personOf(request) });
    if (outcome.kind !== 'on') throw accountProblem(outcome);
    return { recoveryCodes: outcome.recoveryCodes };
  });
  const renew = {
    operationId: 'adminRenewRecoveryCodes',
    tags,
    summary: 'New recovery codes; the old ones end',
    body: ProvePasswordBody,
    response: { 200: RecoveryCodesReply, ...refusals },
  };
  app.post(`${base}/recovery-codes`, { config: change, schema: renew }, async (request) => {
    const outcome = await renewRecoveryCodes(deps, { ...request.body, ...personOf(request), address: request.ip });
    if (outcome.kind !== 'renewed') throw accountProblem(outcome);
    return { recoveryCodes: outcome.recoveryCodes };
  });
  const off = {
    operationId: 'adminTurnOffSecondFactor',
    tags,
    summary: 'Turns it off',
    body: ProvePasswordBody,
    response: { 204: Type.Null(), ...refusals },
  };
  app.post(`${base}/off`, { config: change, schema: off }, async (request, reply) => {
    const outcome = await turnOffSecondFactor(deps, { ...request.body, ...personOf(request), address: request.ip });
    if (outcome.kind !== 'off') throw accountProblem(outcome);
    return reply.code(204).send(null);
  });
}
