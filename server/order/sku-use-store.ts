import type { Db, Tx } from '../platform/db/database.ts';

/** Those of the SKUs that an order names. Reads through the order lines: for the rare moment when goods are removed. */
export async function skusWithOrders(db: Db | Tx, skuIds: readonly number[]): Promise<Set<number>> {
  if (skuIds.length === 0) return new Set();
  const query = db.selectFrom('order_lines').select('sku_id').distinct().where('sku_id', 'in', skuIds);
  return new Set((await query.execute()).map((row) => row.sku_id));
}
