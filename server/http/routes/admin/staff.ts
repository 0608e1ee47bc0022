import { Type } from 'typebox';
import { IdParams } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import {
  ChangePersonBody,
  InviteBody,
  LinkReply,
  ResetSecondFactorBody,
  StaffList,
  StaffReply,
} from '../../../../contract/staff.ts';
import { changePerson } from '../../../account/change-person.ts';
import { invitePerson } from '../../../account/invite-person.ts';
import { passwordLinkAddress } from '../../../account/password-link.ts';
import { renewPasswordLink } from '../../../account/renew-password-link.ts';
import { resetSecondFactor } from '../../../account/reset-second-factor.ts';
import { readStaff } from '../../../account/staff-store.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { peopleProblem } from '../../people-problems.ts';
import { personOf } from '../../plugins/admin-auth.ts';

const tags = ['admin: people'];
const base = '/api/admin/v1/staff';
const read = { action: 'staff.read' } as const;
const change = { action: 'staff.change' } as const;

export function staffRoutes(app: App, context: Context): void {
  const list = { operationId: 'adminListStaff', tags, summary: 'The people at the desk', response: { 200: StaffList } };
  app.get(base, { config: read, schema: list }, async () => ({ staff: await readStaff(context.database.read) }));
  inviteRoutes(app, context);
  changeRoutes(app, context);
}

function inviteRoutes(app: App, context: Context): void {
  const { baseUrl } = context.config;
  const invite = {
    operationId: 'adminInvite',
    tags,
    summary: 'Lets somebody in; the link in the reply, good once and for three days, sets their password',
    body: InviteBody,
    response: { 201: LinkReply, 409: Problem },
  };
  app.post(base, { config: change, schema: invite }, async (request, reply) => {
    const outcome = await invitePerson(context, { ...request.body, ...personOf(request) });
    if (outcome.kind !== 'invited') throw peopleProblem(outcome);
    const { person, token, expiresAt } = outcome;
    return reply.code(201).send({ person, link: passwordLinkAddress(baseUrl, token), expiresAt });
  });
  const renew = {
    operationId: 'adminRenewPasswordLink',
    tags,
    summary: 'A new link for somebody who was invited or forgot the password; earlier links end',
    params: IdParams,
    response: { 201: LinkReply, 404: Problem, 409: Problem },
  };
  app.post(`${base}/:id/password-link`, { config: change, schema: renew }, async (request, reply) => {
    const outcome = await renewPasswordLink(context, { ...request.params, ...personOf(request) });
    if (outcome.kind !== 'made') throw peopleProblem(outcome);
    const { person, token, expiresAt } = outcome;
    return reply.code(201).send({ person, link: passwordLinkAddress(baseUrl, token), expiresAt });
  });
}

function changeRoutes(app: App, context: Context): void {
  const update = {
    operationId: 'adminChangePerson',
    tags,
    summary: 'Another role, another name, disabled or let in again; whose rights change is signed out',
    params: IdParams,
    body: ChangePersonBody,
    response: { 200: StaffReply, 404: Problem, 409: Problem },
  };
  app.patch(`${base}/:id`, { config: change, schema: update }, async (request) => {
    const outcome = await changePerson(context, { ...request.body, ...request.params, ...personOf(request) });
    if (outcome.kind !== 'changed') throw peopleProblem(outcome);
    return { person: outcome.person };
  });
  const reset = {
    operationId: 'adminResetSecondFactor',
    tags,
    summary: 'Takes away a second factor whose phone and recovery codes are lost',
    params: IdParams,
    body: ResetSecondFactorBody,
    response: { 204: Type.Null(), 404: Problem },
  };
  app.post(`${base}/:id/second-factor/reset`, { config: change, schema: reset }, async (request, reply) => {
    const input = { ...request.body, ...request.params, ...personOf(request) };
    const outcome = await resetSecondFactor(context, input);
    if (outcome.kind !== 'reset') throw peopleProblem(outcome);
    return reply.code(204).send(null);
  });
}
