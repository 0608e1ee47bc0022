import { Type } from 'typebox';
import { VersionQuery } from '../../../../contract/admin-catalogue.ts';
import {
  CreateNoticeTargetBody,
  NoticeTargetList,
  NoticeTargetParams,
  NoticeTargetReply,
  NoticeTestReply,
  NotifierKindList,
  UpdateNoticeTargetBody,
} from '../../../../contract/admin-notices.ts';
import { Problem } from '../../../../contract/common.ts';
import { noticeEventNames, noticeEvents, usualEvents } from '../../../../contract/notices.ts';
import { readShopName } from '../../../catalog/shop-info.ts';
import type { Context } from '../../../context.ts';
import { createMailer } from '../../../delivery/mailer.ts';
import {
  createTarget,
  removeTarget,
  type TargetRefusal,
  updateTarget,
} from '../../../delivery/notices/edit-targets.ts';
import type { OpenTargetDeps } from '../../../delivery/notices/open-target.ts';
import { testTarget } from '../../../delivery/notices/test-target.ts';
import type { App } from '../../app-type.ts';
import { noticeOpening } from '../../notice-opening.ts';
import { targetViews } from '../../notice-view.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { ProblemError } from '../../problem.ts';

const tags = ['admin: notices'];
const base = '/api/admin/v1/notices/targets';

export function noticeTargetRoutes(app: App, context: Context): void {
  const { smtpUrl, mailFrom } = context.config;
  const mailer = smtpUrl ? createMailer({ smtpUrl, from: mailFrom }) : undefined;
  app.addHook('onClose', async () => mailer?.close());
  const opening = noticeOpening(context, mailer);
  readRoutes(app, context, opening);
  editRoutes(app, context, opening);
  testRoute(app, context, opening);
}

function readRoutes(app: App, context: Context, opening: OpenTargetDeps): void {
  const kinds = {
    operationId: 'adminListNotifierKinds',
    tags,
    summary: 'Ways of telling people, and what can be told',
  };
  app.get(
    '/api/admin/v1/notices/kinds',
    { config: { action: 'notices.read' }, schema: { ...kinds, response: { 200: NotifierKindList } } },
    async () => ({
      kinds: opening.kinds.map(({ kind, names, help, settings }) => ({
        kind,
        names,
        help,
        settings: JSON.parse(JSON.stringify(settings)) as Record<string, unknown>,
      })),
      events: noticeEventNames.map((event) => ({
        event,
        severity: noticeEvents[event].severity,
        usual: usualEvents.includes(event),
      })),
      mailWorks: context.mailEnabled,
    }),
  );
  const list = { operationId: 'adminListNoticeTargets', tags, summary: 'Whom the shop tells of what' };
  app.get(
    base,
    { config: { action: 'notices.read' }, schema: { ...list, response: { 200: NoticeTargetList } } },
    async () => ({ targets: await targetViews(context, opening) }),
  );
}

function editRoutes(app: App, context: Context, opening: OpenTargetDeps): void {
  const deps = { ...context, opening };
  const create = {
    operationId: 'adminCreateNoticeTarget',
    tags,
    summary: 'A new target; its settings are checked first',
    body: CreateNoticeTargetBody,
    response: { 201: NoticeTargetReply, 409: Problem },
  };
  app.post(base, { config: { action: 'notices.change' }, schema: create }, async (request, reply) => {
    const outcome = await createTarget(deps, { ...request.body, ...actorOf(request), requestId: request.id });
    if (outcome.kind !== 'created') throw targetProblem(outcome);
    return reply.code(201).send(await shown(context, opening, outcome.id));
  });
  const update = {
    operationId: 'adminUpdateNoticeTarget',
    tags,
    summary: 'Changes what is given; secrets that are left out stay',
    params: NoticeTargetParams,
    body: UpdateNoticeTargetBody,
    response: { 200: NoticeTargetReply, 404: Problem, 409: Problem },
  };
  app.patch(`${base}/:id`, { config: { action: 'notices.change' }, schema: update }, async (request) => {
    const { id } = request.params;
    const outcome = await updateTarget(deps, { ...request.body, id, ...actorOf(request) });
    if (outcome.kind !== 'changed') throw targetProblem(outcome);
    return shown(context, opening, id);
  });
  const remove = {
    operationId: 'adminDeleteNoticeTarget',
    tags,
    summary: 'Tells it nothing any more; what was sent stays in the log',
    params: NoticeTargetParams,
    querystring: VersionQuery,
    response: { 204: Type.Null(), 404: Problem, 409: Problem },
  };
  app.delete(`${base}/:id`, { config: { action: 'notices.change' }, schema: remove }, async (request, reply) => {
    const outcome = await removeTarget(context, { ...request.params, ...request.query, ...actorOf(request) });
    if (outcome.kind !== 'deleted') throw targetProblem(outcome);
    return reply.code(204).send(null);
  });
}

function testRoute(app: App, context: Context, opening: OpenTargetDeps): void {
  const test = {
    operationId: 'adminTestNoticeTarget',
    tags,
    summary: "Sends a test message now and shows the service's answer",
    params: NoticeTargetParams,
    response: { 200: NoticeTestReply, 404: Problem },
  };
  const shopName = () => readShopName(context.database.read);
  const deps = { ...context, opening, baseUrl: context.config.baseUrl, shopName };
  app.post(`${base}/:id/test`, { config: { action: 'notices.send' }, schema: test }, async (request) => {
    const tested = await testTarget(deps, { ...request.params, ...actorOf(request), requestId: request.id });
    if (tested.kind === 'not-found') throw new ProblemError('notice_target_not_found');
    const { result, tookMs } = tested;
    return { ok: result.kind === 'sent', answer: result.kind === 'sent' ? result.answer : result.reason, tookMs };
  });
}

async function shown(context: Context, opening: OpenTargetDeps, id: number) {
  const target = (await targetViews(context, opening)).find((one) => one.id === id);
  if (!target) throw new ProblemError('notice_target_not_found');
  return { target };
}

function targetProblem(refusal: TargetRefusal): ProblemError {
  switch (refusal.kind) {
    case 'not-found':
      return new ProblemError('notice_target_not_found');
    case 'edit-conflict':
      return new ProblemError('edit_conflict');
    case 'too-many':
      return new ProblemError('too_many_notice_targets');
    case 'invalid':
      return new ProblemError('invalid_request', refusal.message, [
        { path: `/settings/${refusal.field}`, message: refusal.message },
      ]);
  }
}
