/** `position` of categories, products and SKUs: where each stands among its neighbours. */
import { isMysql, updateRows } from '../platform/db/bulk.ts';
import type { Tx } from '../platform/db/database.ts';

export const movable = { category: 'categories', product: 'products', sku: 'skus' } as const;
export type Movable = keyof typeof movable;

export interface Placed {
  id: number;
  position: number;
}

/**
 * Those it stands among, in their order: all categories, all products, the variants of its product. Held until the end.
 * Locked by number: by position, a move that waits for another would walk an order that the other is changing.
 */
export async function lockNeighbours(tx: Tx, what: Movable, id: number): Promise<Placed[]> {
  const rows = await lockAll(tx, what, id);
  return rows.sort((a, b) => a.position - b.position || a.id - b.id);
}

async function lockAll(tx: Tx, what: Movable, id: number): Promise<Placed[]> {
  const mysql = isMysql(tx);
  if (what !== 'sku') {
    const all = tx.selectFrom(movable[what]).select(['id', 'position']).orderBy('id');
    return (mysql ? all.forUpdate() : all).execute();
  }
  const sku = await tx.selectFrom('skus').select('product_id').where('id', '=', id).executeTakeFirst();
  if (!sku) return [];
  const product = tx.selectFrom('products').select('id').where('id', '=', sku.product_id);
  await (mysql ? product.forUpdate() : product).execute();
  const found = tx.selectFrom('skus').select(['id', 'position']).where('product_id', '=', sku.product_id).orderBy('id');
  return (mysql ? found.forUpdate() : found).execute();
}

/** Versions stay: what a form holds of an entry is still true, and it sends its position only where somebody changed it. */
export async function writePositions(tx: Tx, what: Movable, places: readonly Placed[]): Promise<void> {
  const rows = places.map(({ id, position }) => ({ id, position }));
  await updateRows(tx, movable[what], 'id', rows);
}
