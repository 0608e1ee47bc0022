/** loop_cards: the one secret that every buyer of a loop SKU gets. */
import { insertRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';

/** Sets or replaces it. Orders of the past show the new one too: the shop keeps only one. */
export async function writeLoopCard(
  tx: Tx,
  card: { skuId: number; secret: Uint8Array; keyId: number; now: number },
): Promise<void> {
  const row = { secret: card.secret, key_id: card.keyId, updated_at: card.now };
  // Inserted first: of two who set it at the same time, the second finds the row and replaces it.
  const inserted = await insertRows(tx, 'loop_cards', [{ sku_id: card.skuId, ...row }], { onConflict: 'ignore' });
  if (inserted === 1) return;
  await tx
    .updateTable('loop_cards')
    .set((eb) => ({ ...row, version: eb('version', '+', 1) }))
    .where('sku_id', '=', card.skuId)
    .execute();
}

/** SKU -> when its secret was set. A loop SKU that is missing cannot be delivered. */
export async function loopCardsSet(db: Db | Tx, skuIds: readonly number[]): Promise<Map<number, number>> {
  if (skuIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('loop_cards')
    .select(['sku_id', 'updated_at'])
    .where('sku_id', 'in', skuIds)
    .execute();
  return new Map(rows.map((row) => [row.sku_id, row.updated_at]));
}
