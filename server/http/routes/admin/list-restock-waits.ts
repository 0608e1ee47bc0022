import { RestockWaitList, RestockWaitQuery } from '../../../../contract/restock.ts';
import { namesOfSkus } from '../../../catalog/name-of-sku-store.ts';
import type { Context } from '../../../context.ts';
import { waitingBySku } from '../../../delivery/restock/restock-store.ts';
import type { App } from '../../app-type.ts';

const most = 200;

export function listRestockWaitsRoute(app: App, context: Context): void {
  const schema = {
    tags: ['admin: notices'],
    operationId: 'adminListRestockWaits',
    summary: 'How many buyers wait for which variant, most first',
    querystring: RestockWaitQuery,
    response: { 200: RestockWaitList },
  };
  app.get('/api/admin/v1/restock-waits', { config: { action: 'catalogue.read' }, schema }, async (request) => {
    const { read } = context.database;
    const waits = await waitingBySku(read, most);
    const ids = waits.map((wait) => wait.skuId);
    const names = await namesOfSkus(read, ids, request.query.lang ?? 'zh');
    return { waits: waits.map((wait) => ({ ...wait, name: names.get(wait.skuId) ?? `SKU ${wait.skuId}` })) };
  });
}
