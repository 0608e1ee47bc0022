/** Which SKUs the card tables know, and how a SKU nobody ever ordered leaves them. */
import type { Db, Tx } from '../platform/db/database.ts';

/** Those of the SKUs that cards were ever imported for, or that have a loop card. */
export async function skusWithCards(db: Db | Tx, skuIds: readonly number[]): Promise<Set<number>> {
  if (skuIds.length === 0) return new Set();
  const batches = await db
    .selectFrom('card_batches')
    .select('sku_id')
    .distinct()
    .where('sku_id', 'in', skuIds)
    .execute();
  const loops = await db.selectFrom('loop_cards').select('sku_id').where('sku_id', 'in', skuIds).execute();
  return new Set([...batches, ...loops].map((row) => row.sku_id));
}

/**
 * Deletes the cards, batches and loop card of a SKU that no order names. Cards that an order has locked or bought since
 * that was looked up stay, and with them everything else. @returns whether all are gone
 */
export async function deleteCardsOfSku(tx: Tx, skuId: number): Promise<boolean> {
  await tx.deleteFrom('card_keys').where('sku_id', '=', skuId).where('status', '=', 0).execute();
  const left = await tx.selectFrom('card_keys').select('id').where('sku_id', '=', skuId).limit(1).executeTakeFirst();
  if (left) return false;
  await tx.deleteFrom('card_batches').where('sku_id', '=', skuId).execute();
  await tx.deleteFrom('loop_cards').where('sku_id', '=', skuId).execute();
  return true;
}
