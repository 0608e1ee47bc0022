/** The `skus` and `sku_price_steps` tables, as the administration reads and writes them. */
import type { Selectable } from 'kysely';
import type { AdminSku, SaleStatus } from '../../contract/admin-catalogue.ts';
import type { BuyerField } from '../../contract/buyer-fields.ts';
import type { DeliveryMode } from '../../contract/states.ts';
import { insertRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { SkusTable } from '../platform/db/tables.ts';
import { type FlashSaleFields, putFlashSale, readFlashSales } from './flash-sale-store.ts';
import type { FlashSale, PriceStep } from './price.ts';
import { deleteSkuWebhook } from './sku-webhook-store.ts';
import { readTranslations, type Translations, writeTranslations } from './translations.ts';

export interface SkuFields {
  name: string;
  translations: Translations;
  priceMinor: number;
  currency: string;
  delivery: DeliveryMode;
  minQuantity: number;
  maxQuantity: number;
  perBuyerLimit: number | null;
  lowStockAt: number;
  status: SaleStatus;
  position: number;
  priceSteps: PriceStep[];
  flashSale: FlashSaleFields | null;
  buyerFields: BuyerField[];
}
export type SkuRecord = Omit<AdminSku, 'stock'>;

function skuRecord(row: Selectable<SkusTable>, priceSteps: PriceStep[], flashSale: FlashSale | null): SkuRecord {
  return {
    id: row.id,
    productId: row.product_id,
    name: row.name,
    translations: readTranslations(row.translations),
    priceMinor: row.price_minor,
    currency: row.currency,
    delivery: row.delivery as DeliveryMode,
    minQuantity: row.min_quantity,
    maxQuantity: row.max_quantity,
    perBuyerLimit: row.per_buyer_limit,
    lowStockAt: row.low_stock_at,
    status: row.status as SaleStatus,
    position: row.position,
    version: row.version,
    priceSteps,
    flashSale,
    buyerFields: readBuyerFields(row.buyer_fields),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function readBuyerFields(text: string | null): BuyerField[] {
  return text ? (JSON.parse(text) as BuyerField[]) : [];
}

export async function readSku(db: Db | Tx, id: number): Promise<SkuRecord | undefined> {
  const row = await db.selectFrom('skus').selectAll().where('id', '=', id).executeTakeFirst();
  return row && (await withSteps(db, [row]))[0];
}

/** The SKUs of each product, in the order shown. */
export async function readSkusOfProducts(
  db: Db | Tx,
  productIds: readonly number[],
): Promise<Map<number, SkuRecord[]>> {
  const byProduct = new Map<number, SkuRecord[]>(productIds.map((id) => [id, []]));
  if (productIds.length === 0) return byProduct;
  const rows = await db
    .selectFrom('skus')
    .selectAll()
    .where('product_id', 'in', productIds)
    .orderBy('position')
    .orderBy('id')
    .execute();
  for (const sku of await withSteps(db, rows)) byProduct.get(sku.productId)?.push(sku);
  return byProduct;
}

async function withSteps(db: Db | Tx, rows: Selectable<SkusTable>[]): Promise<SkuRecord[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const found = await db
    .selectFrom('sku_price_steps')
    .selectAll()
    .where('sku_id', 'in', ids)
    .orderBy('min_quantity')
    .execute();
  const steps = Map.groupBy(found, (row) => row.sku_id);
  const sales = await readFlashSales(db, ids);
  return rows.map((row) => {
    const own = steps.get(row.id) ?? [];
    return skuRecord(
      row,
      own.map((step) => ({ minQuantity: step.min_quantity, priceMinor: step.price_minor })),
      sales.get(row.id) ?? null,
    );
  });
}

export async function insertSku(tx: Tx, productId: number, fields: SkuFields, nowMs: number): Promise<number> {
  const values = { ...columns(fields), product_id: productId, created_at: nowMs, updated_at: nowMs };
  const result = await tx.insertInto('skus').values(values).executeTakeFirstOrThrow();
  const id = Number(result.insertId);
  await insertSteps(tx, id, fields.priceSteps);
  if (fields.flashSale) await putFlashSale(tx, id, fields.flashSale, nowMs);
  return id;
}

/** @returns false when the row is not at that version any more */
export async function updateSku(
  tx: Tx,
  key: { id: number; version: number },
  fields: SkuFields,
  nowMs: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('skus')
    .set({ ...columns(fields), version: key.version + 1, updated_at: nowMs })
    .where('id', '=', key.id)
    .where('version', '=', key.version)
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) return false;
  await tx.deleteFrom('sku_price_steps').where('sku_id', '=', key.id).execute();
  await insertSteps(tx, key.id, fields.priceSteps);
  await putFlashSale(tx, key.id, fields.flashSale, nowMs);
  return true;
}

export async function deleteSku(tx: Tx, key: { id: number; version: number }): Promise<boolean> {
  const result = await tx
    .deleteFrom('skus')
    .where('id', '=', key.id)
    .where('version', '=', key.version)
    .executeTakeFirst();
  if (result.numDeletedRows !== 1n) return false;
  await tx.deleteFrom('sku_price_steps').where('sku_id', '=', key.id).execute();
  await putFlashSale(tx, key.id, null, 0);
  await deleteSkuWebhook(tx, key.id);
  return true;
}

async function insertSteps(tx: Tx, skuId: number, steps: readonly PriceStep[]): Promise<void> {
  const rows = steps.map((step) => ({
    sku_id: skuId,
    min_quantity: step.minQuantity,
    price_minor: step.priceMinor,
  }));
  await insertRows(tx, 'sku_price_steps', rows);
}

function columns(fields: SkuFields) {
  return {
    name: fields.name,
    translations: writeTranslations(fields.translations),
    price_minor: fields.priceMinor,
    currency: fields.currency,
    delivery: fields.delivery,
    min_quantity: fields.minQuantity,
    max_quantity: fields.maxQuantity,
    per_buyer_limit: fields.perBuyerLimit,
    low_stock_at: fields.lowStockAt,
    status: fields.status,
    position: fields.position,
    buyer_fields: fields.buyerFields.length > 0 ? JSON.stringify(fields.buyerFields) : null,
  };
}
