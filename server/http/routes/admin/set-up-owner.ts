import { SessionReply, SetupBody } from '../../../../contract/account.ts';
import { Problem } from '../../../../contract/common.ts';
import { createOwner } from '../../../account/create-owner.ts';
import type { Context } from '../../../context.ts';
import { accountProblem } from '../../account-problems.ts';
import type { App } from '../../app-type.ts';
import { sendSession } from '../../plugins/session-cookie.ts';

export function setUpOwnerRoute(app: App, context: Context): void {
  app.post(
    '/api/admin/v1/setup',
    {
      config: { access: 'open' },
      schema: {
        tags: ['admin: access'],
        operationId: 'adminSetUp',
        summary: 'Whoever holds the one-time link becomes the owner',
        security: [],
        body: SetupBody,
        response: { 201: SessionReply, 410: Problem },
      },
    },
    async (request, reply) => {
      const outcome = await createOwner(context, {
        ...request.body,
        address: request.ip,
        device: request.headers['user-agent'],
        requestId: request.id,
      });
      if (outcome.kind !== 'created') throw accountProblem(outcome);
      return sendSession(reply.code(201), context, 'owner', outcome);
    },
  );
}
