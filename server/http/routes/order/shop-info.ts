import { ShopInfo } from '../../../../contract/shop-info.ts';
import { shopInfo } from '../../../catalog/shop-info.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';

export function shopInfoRoute(app: App, context: Context): void {
  app.get(
    '/api/v1/shop',
    {
      schema: {
        tags: ['catalogue'],
        operationId: 'shopInfo',
        summary: 'The name of the shop and its announcement',
        response: { 200: ShopInfo },
      },
    },
    async () => {
      const info = await shopInfo(context, {
        sandbox: context.config.sandboxSecret !== undefined,
        nowMs: context.clock.now(),
      });
      return { ...info, restockMails: context.mailEnabled, recording: context.degrade.recordsOrders() };
    },
  );
}
