import { TokenList } from '../../../../contract/account.ts';
import { readTokens } from '../../../account/token-store.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';

export function listTokensRoute(app: App, { database }: Context): void {
  app.get(
    '/api/admin/v1/tokens',
    {
      config: { action: 'tokens.read' },
      schema: {
        tags: ['admin: access'],
        operationId: 'adminListTokens',
        summary: 'API tokens, without their secrets',
        response: { 200: TokenList },
      },
    },
    async () => ({ tokens: await readTokens(database.read) }),
  );
}
