/** Pure: what a buyer asks for + the catalogue -> priced lines, or why not. */

import type { SkuForPricing } from '../catalog/catalog-store.ts';
import { quantityAllowed, saleForLine, unitPriceMinor } from '../catalog/price.ts';
import type { OrderLine } from './order.ts';

export interface WantedLine {
  skuId: number;
  quantity: number;
  /** What the buyer was shown; a higher price needs their consent. */
  unitPriceMinor?: number;
}

/** An order may cost at most ten million major units; past that somebody mistyped. */
const maxTotalMinor = 1_000_000_000;

export type PricedOrder =
  | { kind: 'priced'; lines: OrderLine[]; currency: string; totalMinor: number }
  | { kind: 'sku-not-found'; skuId: number }
  | { kind: 'sku-unavailable'; skuId: number }
  | { kind: 'quantity-out-of-range'; skuId: number; min: number; max: number }
  | { kind: 'price-changed'; skuId: number; unitPriceMinor: number }
  | { kind: 'mixed-currencies' };

export function priceOrder(
  wanted: readonly WantedLine[],
  skus: ReadonlyMap<number, SkuForPricing>,
  lang: 'zh' | 'en',
  now: number,
): PricedOrder {
  const lines: OrderLine[] = [];
  let currency: string | undefined;
  let totalMinor = 0;
  for (const { skuId, quantity, unitPriceMinor: shown } of merged(wanted)) {
    const sku = skus.get(skuId);
    if (!sku) return { kind: 'sku-not-found', skuId };
    if (sku.status !== 'active' || sku.productStatus !== 'active') return { kind: 'sku-unavailable', skuId };
    if (!quantityAllowed(sku, quantity)) {
      return { kind: 'quantity-out-of-range', skuId, min: sku.minQuantity, max: sku.maxQuantity };
    }
    if (currency !== undefined && sku.currency !== currency) return { kind: 'mixed-currencies' };
    currency = sku.currency;
    const sale = saleForLine(sku, quantity, now);
    const unit = sale?.priceMinor ?? unitPriceMinor(sku, quantity);
    if (shown !== undefined && unit > shown) return { kind: 'price-changed', skuId, unitPriceMinor: unit };
    const names = sku.names[lang];
    lines.push({
      lineNo: lines.length + 1,
      skuId,
      productId: sku.productId,
      productName: names?.productName ?? sku.productName,
      skuName: names?.skuName ?? sku.skuName,
      delivery: sku.delivery,
      quantity,
      unitPriceMinor: unit,
      amountMinor: unit * quantity,
      deliveredAt: null,
      flashSaleId: sale?.id ?? null,
    });
    totalMinor += unit * quantity;
    if (totalMinor > maxTotalMinor) {
      return { kind: 'quantity-out-of-range', skuId, min: sku.minQuantity, max: sku.maxQuantity };
    }
  }
  return { kind: 'priced', lines, currency: currency ?? '', totalMinor };
}

/** The same SKU twice is one line: limits and price steps see the whole quantity. */
function merged(wanted: readonly WantedLine[]): WantedLine[] {
  const bySku = new Map<number, WantedLine>();
  for (const line of wanted) {
    const before = bySku.get(line.skuId);
    const shown = [before?.unitPriceMinor, line.unitPriceMinor].filter((price) => price !== undefined);
    bySku.set(line.skuId, {
      skuId: line.skuId,
      quantity: (before?.quantity ?? 0) + line.quantity,
      ...(shown.length > 0 && { unitPriceMinor: Math.min(...shown) }),
    });
  }
  return [...bySku.values()];
}
