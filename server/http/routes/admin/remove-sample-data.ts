import { RemovedSamples } from '../../../../contract/admin.ts';
import { deleteCardsOfSku } from '../../../card/sku-use-store.ts';
import { removeSampleData } from '../../../catalog/remove-sample-data.ts';
import type { Context } from '../../../context.ts';
import { skusWithOrders } from '../../../order/sku-use-store.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

export function removeSampleDataRoute(app: App, context: Context): void {
  const deps = { ...context, skusWithOrders, deleteCardsOfSku };
  app.delete(
    '/api/admin/v1/sample-data',
    {
      config: { action: 'catalogue.change' },
      schema: {
        tags: ['admin: shop'],
        operationId: 'adminRemoveSampleData',
        summary: 'Takes all samples out of the shop',
        response: { 200: RemovedSamples },
      },
    },
    (request) => removeSampleData(deps, actorOf(request)),
  );
}
