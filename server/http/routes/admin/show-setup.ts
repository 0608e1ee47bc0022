import { SetupState } from '../../../../contract/account.ts';
import { isSetupToken } from '../../../account/setup-link.ts';
import { ownerExists } from '../../../account/user-store.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';

export function showSetupRoute(app: App, { database, clock }: Context): void {
  app.get(
    '/api/admin/v1/setup',
    {
      config: { access: 'open' },
      schema: {
        tags: ['admin: access'],
        operationId: 'adminShowSetup',
        summary: 'Whether the shop has an owner, and whether the link sent along is still good',
        security: [],
        response: { 200: SetupState },
      },
    },
    async ({ headers }) => {
      const token = headers['x-setup-token'];
      const linkValid = typeof token === 'string' && (await isSetupToken(database.read, token, clock.now()));
      return { ownerExists: await ownerExists(database.read), linkValid };
    },
  );
}
