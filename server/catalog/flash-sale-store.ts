/** The `flash_sales` table: at most one row for each SKU. */
import type { Selectable } from 'kysely';
import { selectIn } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { FlashSalesTable } from '../platform/db/tables.ts';
import type { FlashSale } from './price.ts';

export type FlashSaleFields = Omit<FlashSale, 'id' | 'sold'>;

type Row = Selectable<FlashSalesTable>;

export async function readFlashSales(db: Db | Tx, skuIds: readonly number[]): Promise<Map<number, FlashSale>> {
  const rows = await selectIn<Row>(db, 'SELECT * FROM flash_sales WHERE sku_id IN (?)', [...new Set(skuIds)]);
  return new Map(rows.map((row) => [row.sku_id, flashSaleOf(row)]));
}

/** Sales as they are now, held until the transaction ends: nobody else sells from them meanwhile. */
export async function lockFlashSales(tx: Tx, ids: readonly number[]): Promise<Map<number, FlashSale>> {
  const text = 'SELECT * FROM flash_sales WHERE id IN (?)';
  const rows = await selectIn<Row>(tx, text, [...new Set(ids)], { tail: ' ORDER BY id', lock: true });
  return new Map(rows.map((row) => [row.id, flashSaleOf(row)]));
}

/** Pieces more (or, below zero, fewer) of a sale. @returns false when the limit would be passed: judged on the row itself */
export async function countSold(tx: Tx, id: number, pieces: number): Promise<boolean> {
  const result = await tx
    .updateTable('flash_sales')
    .set((eb) => ({ sold: eb('sold', '+', pieces) }))
    .where('id', '=', id)
    .where((eb) => eb.or([eb('quantity_limit', 'is', null), eb('sold', '<=', eb('quantity_limit', '-', pieces))]))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Gives pieces back; those of a sale that has been replaced belong to nobody any more. */
export async function returnToSales(
  tx: Tx,
  lines: readonly { flashSaleId: number | null; quantity: number }[],
): Promise<void> {
  const pieces = new Map<number, number>();
  for (const { flashSaleId, quantity } of lines) {
    if (flashSaleId !== null) pieces.set(flashSaleId, (pieces.get(flashSaleId) ?? 0) + quantity);
  }
  for (const [id, count] of [...pieces].sort(([a], [b]) => a - b)) {
    await tx
      .updateTable('flash_sales')
      .set((eb) => ({ sold: eb('sold', '-', count) }))
      .where('id', '=', id)
      .where('sold', '>=', count)
      .execute();
  }
}

/** A sale that is over and gets another window is another sale: it begins with nothing sold. */
export async function putFlashSale(
  tx: Tx,
  skuId: number,
  fields: FlashSaleFields | null,
  nowMs: number,
): Promise<void> {
  const before = (await readFlashSales(tx, [skuId])).get(skuId);
  if (fields === null || (before && before.endsAt <= nowMs && fields.endsAt > nowMs)) {
    await tx.deleteFrom('flash_sales').where('sku_id', '=', skuId).execute();
    if (fields === null) return;
  } else if (before) {
    await tx.updateTable('flash_sales').set(columns(fields)).where('id', '=', before.id).execute();
    return;
  }
  await tx
    .insertInto('flash_sales')
    .values({ sku_id: skuId, ...columns(fields) })
    .execute();
}

function columns(fields: FlashSaleFields) {
  return {
    starts_at: fields.startsAt,
    ends_at: fields.endsAt,
    price_minor: fields.priceMinor,
    per_buyer_limit: fields.perBuyerLimit,
    quantity_limit: fields.quantityLimit,
  };
}

export function flashSaleOf(row: Row): FlashSale {
  return {
    id: row.id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    priceMinor: row.price_minor,
    perBuyerLimit: row.per_buyer_limit,
    quantityLimit: row.quantity_limit,
    sold: row.sold,
  };
}
