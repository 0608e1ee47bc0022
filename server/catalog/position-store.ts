/** `position` of categories, products and SKUs: where each stands among its neighbours. */
import { isMysql, updateRows } from '../platform/db/bulk.ts';
import type { Tx } from '../platform/db/database.ts';

export const movable = { category: 'categories', product: 'products', sku: 'skus' } as const;
export type Movable = keyof typeof movable;

export interface Placed {
  id: number;
  position: number;
}

/** Those it stands among, in their order: all categories, all products, the variants of its product. Held until the end. */
export async function lockNeighbours(tx: Tx, what: Movable, id: number): Promise<Placed[]> {
  const mysql = isMysql(tx);
  if (what !== 'sku') {
    const all = tx.selectFrom(movable[what]).select(['id', 'position']).orderBy('position').orderBy('id');
    return (mysql ? all.forUpdate() : all).execute();
  }
  const sku = await tx.selectFrom('skus').select('product_id').where('id', '=', id).executeTakeFirst();
  if (!sku) return [];
  const found = tx.selectFrom('skus').select(['id', 'position']).where('product_id', '=', sku.product_id);
  const ordered = found.orderBy('position').orderBy('id');
  return (mysql ? ordered.forUpdate() : ordered).execute();
}

/** Versions stay: what a form holds of an entry is still true, and it sends its position only where somebody changed it. */
export async function writePositions(tx: Tx, what: Movable, places: readonly Placed[]): Promise<void> {
  const rows = places.map(({ id, position }) => ({ id, position }));
  await updateRows(tx, movable[what], 'id', rows);
}
