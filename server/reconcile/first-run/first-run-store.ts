/** What a new shop has already, read from its own tables. */
import type { Db } from '../../platform/db/database.ts';

export interface FirstProduct {
  id: number;
  slug: string;
  name: string;
  skuId: number | null;
  needsCards: boolean;
}

/** The first product that is no sample, with its first variant. */
export async function firstProduct(db: Db): Promise<FirstProduct | null> {
  const row = await db
    .selectFrom('products')
    .leftJoin('skus', 'skus.product_id', 'products.id')
    .where('products.is_sample', '=', 0)
    .where('products.status', '!=', 'archived')
    .select(['products.id', 'products.slug', 'products.name', 'skus.id as sku_id', 'skus.delivery'])
    .orderBy('products.id')
    .orderBy('skus.id')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const needsCards = row.delivery === null || row.delivery === 'cards' || row.delivery === 'loop';
  return { id: row.id, slug: row.slug, name: row.name, skuId: row.sku_id, needsCards };
}

/** Whether cards were ever put under a variant that is no sample's. */
export async function hasOwnCards(db: Db): Promise<boolean> {
  const ownSku = db
    .selectFrom('skus')
    .innerJoin('products', 'products.id', 'skus.product_id')
    .where('products.is_sample', '=', 0);
  const batch = ownSku
    .innerJoin('card_batches', 'card_batches.sku_id', 'skus.id')
    .where('card_batches.imported', '>', 0);
  if (await batch.select('skus.id').limit(1).executeTakeFirst()) return true;
  const loop = ownSku.innerJoin('loop_cards', 'loop_cards.sku_id', 'skus.id');
  return (await loop.select('skus.id').limit(1).executeTakeFirst()) !== undefined;
}

export async function hasChannel(db: Db): Promise<boolean> {
  const found = db.selectFrom('channels').select('code').where('enabled', '=', 1).limit(1);
  return (await found.executeTakeFirst()) !== undefined;
}

const looksBack = 20;

/** The newest order of something that is no sample, among the last few of all. */
export async function lastOwnOrder(db: Db): Promise<{ id: string; status: string } | null> {
  const newest = await db
    .selectFrom('orders')
    .select(['id', 'status'])
    .orderBy('id', 'desc')
    .limit(looksBack)
    .execute();
  if (newest.length === 0) return null;
  const ids = newest.map((order) => order.id);
  const own = await db
    .selectFrom('order_lines')
    .innerJoin('products', 'products.id', 'order_lines.product_id')
    .select('order_lines.order_id')
    .where('order_lines.order_id', 'in', ids)
    .where('products.is_sample', '=', 0)
    .execute();
  const found = new Set(own.map((row) => row.order_id));
  const candidates = newest.filter((order) => found.has(order.id));
  return candidates.find((order) => order.status === 'delivered') ?? candidates[0] ?? null;
}
