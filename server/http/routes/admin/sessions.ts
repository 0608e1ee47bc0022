import { Type } from 'typebox';
import { IdParams } from '../../../../contract/admin-catalogue.ts';
import { Problem, RowId } from '../../../../contract/common.ts';
import { SessionId, SessionList } from '../../../../contract/staff.ts';
import { endSession } from '../../../account/end-session.ts';
import { sessionAges } from '../../../account/session.ts';
import { readSessionsOfUser } from '../../../account/session-store.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { personOf } from '../../plugins/admin-auth.ts';
import { ProblemError } from '../../problem.ts';

const tags = ['admin: people'];
const own = '/api/admin/v1/sessions';
const others = '/api/admin/v1/staff/:id/sessions';

/** Where somebody is signed in: each sees and ends their own, an owner anybody's. */
export function sessionRoutes(app: App, context: Context): void {
  const listOwn = { operationId: 'adminListSessions', tags, summary: 'Where you are signed in' };
  app.get(
    own,
    { config: { action: 'self.read' }, schema: { ...listOwn, response: { 200: SessionList } } },
    async (request) => {
      const { session } = personOf(request);
      return { sessions: await sessionsOf(context, session.user.id, session.tokenHash) };
    },
  );
  const listOthers = { operationId: 'adminListSessionsOf', tags, summary: 'Where somebody is signed in' };
  app.get(
    others,
    {
      config: { action: 'staff.read' },
      schema: { ...listOthers, params: IdParams, response: { 200: SessionList } },
    },
    async ({ params, admin }) => ({
      sessions: await sessionsOf(context, params.id, admin?.session?.tokenHash ?? ''),
    }),
  );
  endRoutes(app, context);
}

function endRoutes(app: App, context: Context): void {
  const response = { 204: Type.Null(), 404: Problem };
  const endOwn = { operationId: 'adminEndSession', tags, summary: 'Signs you out somewhere else', response };
  app.delete(
    `${own}/:session`,
    { config: { action: 'self.change' }, schema: { ...endOwn, params: Type.Object({ session: SessionId }) } },
    async (request, reply) => {
      const by = personOf(request);
      const wanted = { userId: by.session.user.id, sessionId: request.params.session };
      if ((await endSession(context, { ...wanted, ...by })) !== 'ended') throw new ProblemError('session_not_found');
      return reply.code(204).send(null);
    },
  );
  const endOthers = { operationId: 'adminEndSessionOf', tags, summary: 'Signs somebody out', response };
  app.delete(
    `${others}/:session`,
    {
      config: { action: 'staff.change' },
      schema: { ...endOthers, params: Type.Object({ id: RowId, session: SessionId }) },
    },
    async (request, reply) => {
      const wanted = { userId: request.params.id, sessionId: request.params.session };
      const outcome = await endSession(context, { ...wanted, ...personOf(request) });
      if (outcome !== 'ended') throw new ProblemError('session_not_found');
      return reply.code(204).send(null);
    },
  );
}

function sessionsOf({ database, clock }: Context, userId: number, current: string) {
  const now = clock.now();
  return readSessionsOfUser(database.read, { userId, current, seenAfter: now - sessionAges.owner.idleMs }, now);
}
