/** What the order transaction reads of the catalogue. */
import type { SaleStatus } from '../../contract/admin-catalogue.ts';
import type { BuyerField } from '../../contract/buyer-fields.ts';
import type { Language } from '../../contract/common.ts';
import type { DeliveryMode } from '../../contract/states.ts';
import { selectIn } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { FlashSale, PriceStep } from './price.ts';
import { readBuyerFields } from './sku-store.ts';
import { readTranslations, textIn } from './translations.ts';

export interface SkuForPricing {
  id: number;
  productId: number;
  productName: string;
  skuName: string;
  /** Only `active` is on sale, and only while the product is `active` too. */
  status: SaleStatus;
  productStatus: SaleStatus;
  priceMinor: number;
  currency: string;
  delivery: DeliveryMode;
  minQuantity: number;
  maxQuantity: number;
  perBuyerLimit: number | null;
  isSample: boolean;
  priceSteps: PriceStep[];
  buyerFields: BuyerField[];
  /** On, to come, or over. */
  flashSale: FlashSale | null;
  /** Names in other languages; a language that is missing falls back to productName and skuName. */
  names: Partial<Record<Language, { productName: string; skuName: string }>>;
}

interface PricingRow {
  id: number;
  product_id: number;
  product_name: string;
  product_translations: string | null;
  product_status: SaleStatus;
  is_sample: number;
  name: string;
  translations: string | null;
  status: SaleStatus;
  price_minor: number;
  currency: string;
  delivery: DeliveryMode;
  min_quantity: number;
  max_quantity: number;
  per_buyer_limit: number | null;
  buyer_fields: string | null;
  step_quantity: number | null;
  step_price: number | null;
  sale_id: number | null;
  sale_from: number;
  sale_until: number;
  sale_price: number;
  sale_buyer_limit: number | null;
  sale_limit: number | null;
  sale_sold: number;
}

/** One statement for any number of SKUs; those that do not exist are missing from the map. */
export async function readSkusForPricing(db: Db | Tx, skuIds: readonly number[]): Promise<Map<number, SkuForPricing>> {
  const found = new Map<number, SkuForPricing>();
  const ids = [...new Set(skuIds)];
  if (ids.length === 0) return found;
  const rows = await selectIn<PricingRow>(
    db,
    `SELECT s.id, s.product_id, p.name AS product_name, p.translations AS product_translations,
      p.status AS product_status, p.is_sample, s.name, s.translations, s.status, s.price_minor, s.currency, s.delivery,
      s.min_quantity, s.max_quantity, s.per_buyer_limit, s.buyer_fields, t.min_quantity AS step_quantity, t.price_minor AS step_price,
      f.id AS sale_id, f.starts_at AS sale_from, f.ends_at AS sale_until, f.price_minor AS sale_price,
      f.per_buyer_limit AS sale_buyer_limit, f.quantity_limit AS sale_limit, f.sold AS sale_sold
    FROM skus s JOIN products p ON p.id = s.product_id LEFT JOIN sku_price_steps t ON t.sku_id = s.id
      LEFT JOIN flash_sales f ON f.sku_id = s.id
    WHERE s.id IN (?)`,
    ids,
  );
  for (const row of rows) {
    const sku = found.get(row.id) ?? skuForPricing(row);
    found.set(row.id, sku);
    if (row.step_quantity !== null && row.step_price !== null) {
      sku.priceSteps.push({ minQuantity: row.step_quantity, priceMinor: row.step_price });
    }
  }
  return found;
}

function skuForPricing(row: PricingRow): SkuForPricing {
  return {
    id: row.id,
    productId: row.product_id,
    productName: row.product_name,
    skuName: row.name,
    status: row.status,
    productStatus: row.product_status,
    priceMinor: row.price_minor,
    currency: row.currency,
    delivery: row.delivery,
    minQuantity: row.min_quantity,
    maxQuantity: row.max_quantity,
    perBuyerLimit: row.per_buyer_limit,
    isSample: row.is_sample === 1,
    priceSteps: [],
    flashSale: saleOf(row),
    buyerFields: readBuyerFields(row.buyer_fields),
    names: namesOf(row),
  };
}

function saleOf(row: PricingRow): FlashSale | null {
  if (row.sale_id === null) return null;
  return {
    id: row.sale_id,
    startsAt: row.sale_from,
    endsAt: row.sale_until,
    priceMinor: row.sale_price,
    perBuyerLimit: row.sale_buyer_limit,
    quantityLimit: row.sale_limit,
    sold: row.sale_sold,
  };
}

function namesOf(row: PricingRow): SkuForPricing['names'] {
  if (!row.product_translations && !row.translations) return {};
  const product = readTranslations(row.product_translations);
  const sku = readTranslations(row.translations);
  const names: SkuForPricing['names'] = {};
  for (const lang of new Set([...Object.keys(product), ...Object.keys(sku)] as Language[])) {
    names[lang] = {
      productName: textIn(lang, product, 'name', row.product_name),
      skuName: textIn(lang, sku, 'name', row.name),
    };
  }
  return names;
}
