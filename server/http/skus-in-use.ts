/** Which SKUs must stay because cards or orders name them: the answer lies in two folders that do not know each other. */
import { skusWithCards } from '../card/sku-use-store.ts';
import type { SkusInUse } from '../catalog/edit-deps.ts';
import { skusWithOrders } from '../order/sku-use-store.ts';
import type { Database } from '../platform/db/database.ts';

export function skusInUse({ database }: { database: Database }): SkusInUse {
  return async (skuIds) => {
    const stocked = await skusWithCards(database.read, skuIds);
    const others = skuIds.filter((id) => !stocked.has(id));
    return stocked.union(await skusWithOrders(database.read, others));
  };
}
