import { CreatedToken, CreateTokenBody } from '../../../../contract/account.ts';
import { createToken } from '../../../account/create-token.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

export function createTokenRoute(app: App, context: Context): void {
  app.post(
    '/api/admin/v1/tokens',
    {
      config: { action: 'tokens.change' },
      schema: {
        tags: ['admin: access'],
        operationId: 'adminCreateToken',
        summary: 'A new API token; its secret is in this reply only',
        body: CreateTokenBody,
        response: { 201: CreatedToken },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createToken(context, { ...request.body, ...actorOf(request) })),
  );
}
