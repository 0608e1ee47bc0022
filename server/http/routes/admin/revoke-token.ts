import { Type } from 'typebox';
import { IdParams } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { revokeToken } from '../../../account/revoke-token.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { ProblemError } from '../../problem.ts';

export function revokeTokenRoute(app: App, context: Context): void {
  app.delete(
    '/api/admin/v1/tokens/:id',
    {
      config: { action: 'tokens.change' },
      schema: {
        tags: ['admin: access'],
        operationId: 'adminRevokeToken',
        summary: 'Ends a token at once',
        params: IdParams,
        response: { 204: Type.Null(), 404: Problem },
      },
    },
    async (request, reply) => {
      const outcome = await revokeToken(context, { ...request.params, ...actorOf(request) });
      if (outcome === 'not-found') throw new ProblemError('token_not_found');
      return reply.code(204).send(null);
    },
  );
}
