import { cardStatus } from '../../../contract/states.ts';
import { selectEach } from '../../platform/db/bulk.ts';
import type { Db } from '../../platform/db/database.ts';

/** Those that ever had a card: a variant that is still being set up is not sold out. */
export async function everStocked(db: Db, skuIds: readonly number[]): Promise<Set<number>> {
  if (skuIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('card_batches')
    .select('sku_id')
    .distinct()
    .where('sku_id', 'in', skuIds)
    .where('imported', '>', 0)
    .execute();
  return new Set(rows.map((row) => row.sku_id));
}

export async function skusOnSale(db: Db, skuIds: readonly number[]): Promise<Set<number>> {
  if (skuIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('skus')
    .innerJoin('products', 'products.id', 'skus.product_id')
    .select('skus.id')
    .where('skus.id', 'in', skuIds)
    .where('skus.status', '=', 'active')
    .where('products.status', '=', 'active')
    .execute();
  return new Set(rows.map((row) => row.id));
}

const skusAtOnce = 200;

/**
 * Cards for sale of each SKU, counted no further than to `upTo`: whether 100,000 or 200,000 are left is nobody's question
 * here, and counting them would cost 10 ms each time.
 */
export async function countUpTo(
  db: Db,
  region: string,
  skus: readonly { skuId: number; upTo: number }[],
): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  for (let at = 0; at < skus.length; at += skusAtOnce) {
    const rows = await selectEach<{ sku_id: number; cards: number }>(
      db,
      `SELECT ? AS sku_id, COUNT(*) AS cards FROM (SELECT id FROM card_keys WHERE sku_id = ? AND region = ? AND status = ${cardStatus.available} LIMIT ?) AS some`,
      skus.slice(at, at + skusAtOnce).map(({ skuId, upTo }) => [skuId, skuId, region, upTo]),
    );
    for (const row of rows) counts.set(Number(row.sku_id), Number(row.cards));
  }
  return counts;
}
