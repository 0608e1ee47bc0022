import { ShopSettings } from '../../../../contract/admin.ts';
import { readShopSettings } from '../../../catalog/update-shop-settings.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';

export function showSettingsRoute(app: App, { database }: Context): void {
  app.get(
    '/api/admin/v1/settings',
    {
      config: { action: 'settings.read' },
      schema: {
        tags: ['admin: shop'],
        operationId: 'adminShowSettings',
        summary: 'The name of the shop and its announcement',
        response: { 200: ShopSettings },
      },
    },
    () => readShopSettings(database.read),
  );
}
