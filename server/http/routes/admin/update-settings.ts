import { ShopSettings, UpdateShopSettingsBody } from '../../../../contract/admin.ts';
import { updateShopSettings } from '../../../catalog/update-shop-settings.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

export function updateSettingsRoute(app: App, context: Context): void {
  app.patch(
    '/api/admin/v1/settings',
    {
      config: { action: 'settings.change' },
      schema: {
        tags: ['admin: shop'],
        operationId: 'adminUpdateSettings',
        summary: 'Changes the fields given',
        body: UpdateShopSettingsBody,
        response: { 200: ShopSettings },
      },
    },
    (request) => updateShopSettings(context, { ...request.body, ...actorOf(request) }),
  );
}
