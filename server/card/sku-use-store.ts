/** Which SKUs the card tables know, and how a SKU nobody ever ordered leaves them. */
import type { Db, Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';

/** Those of the SKUs that cards were ever imported for, or that have a loop card. */
export async function skusWithCards(db: Db | Tx, skuIds: readonly number[]): Promise<Set<number>> {
  if (skuIds.length === 0) return new Set();
  const batches = await db
    .selectFrom('card_batches')
    .select('sku_id')
    .distinct()
    .where('sku_id', 'in', skuIds)
    .execute();
  // Moved in from another SKU.
  const moved = await db
    .selectFrom('stock_changes')
    .select('sku_id')
    .distinct()
    .where('sku_id', 'in', skuIds)
    .execute();
  const loops = await db.selectFrom('loop_cards').select('sku_id').where('sku_id', 'in', skuIds).execute();
  return new Set([...batches, ...moved, ...loops].map((row) => row.sku_id));
}

/**
 * Deletes the cards, their batches and changes, and the loop card of a SKU that no order names.
 * @returns false, with nothing deleted, when a card is not on the shelf (an order holds it, a person set it aside)
 */
export async function deleteCardsOfSku(tx: Tx, skuId: number): Promise<boolean> {
  const cards = () => tx.selectFrom('card_keys').select('id').where('sku_id', '=', skuId).limit(1);
  if (await cards().where('status', '!=', 0).executeTakeFirst()) return false;
  await tx.deleteFrom('card_keys').where('sku_id', '=', skuId).where('status', '=', 0).execute();
  // An order was faster than we: start over, or the batches would not add up to the cards (INV-6).
  if (await cards().executeTakeFirst()) throw new RowsChanged(`a card of SKU ${skuId} was taken`);
  await tx.deleteFrom('card_batches').where('sku_id', '=', skuId).execute();
  await tx.deleteFrom('stock_changes').where('sku_id', '=', skuId).execute();
  await tx.deleteFrom('loop_cards').where('sku_id', '=', skuId).execute();
  return true;
}
