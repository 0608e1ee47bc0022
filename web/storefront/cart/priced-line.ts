/** What one line costs and whether it can be ordered now. The shop decides again; this is for showing it early. */
import type { FlashSaleView } from '../../../contract/flash-sale.ts';
import type { ProductView, SkuView } from '../../../contract/shop.ts';
import { serverNowMs } from '../../ui/server-clock.ts';
import type { CartLine } from './line.ts';

/** The highest step the quantity reaches sets the price of every piece in the line. */
export function unitPriceMinor(sku: Pick<SkuView, 'priceMinor' | 'priceSteps'>, quantity: number): number {
  let step = { minQuantity: 1, priceMinor: sku.priceMinor };
  for (const next of sku.priceSteps) {
    if (next.minQuantity <= quantity && next.minQuantity >= step.minQuantity) step = next;
  }
  return step.priceMinor;
}

/** The flash sale that gives this line its price now, by the shop's clock: on, cheaper, and with so many left. */
export function saleNow(sku: SkuView, quantity: number, nowMs = serverNowMs()): FlashSaleView | undefined {
  const sale = sku.flashSale;
  if (!sale || !isOn(sale, nowMs) || sale.priceMinor >= unitPriceMinor(sku, quantity)) return undefined;
  return quantity <= (sale.left ?? Number.POSITIVE_INFINITY) ? sale : undefined;
}

export const isOn = (sale: FlashSaleView, nowMs = serverNowMs()): boolean =>
  nowMs >= sale.startsAt && nowMs < sale.endsAt;

/** What each piece costs now, a flash sale included. */
export function priceNow(sku: SkuView, quantity: number): number {
  return saleNow(sku, quantity)?.priceMinor ?? unitPriceMinor(sku, quantity);
}

/** The most one order may take now. */
export function largestQuantity(sku: SkuView): number {
  return Math.min(
    saleNow(sku, sku.minQuantity)?.perBuyerLimit ?? Number.POSITIVE_INFINITY,
    sku.maxQuantity,
    sku.stock ?? Number.POSITIVE_INFINITY,
    sku.perBuyerLimit ?? Number.POSITIVE_INFINITY,
  );
}

export const isSoldOut = (sku: SkuView): boolean => sku.stock !== null && sku.stock < Math.max(1, sku.minQuantity);

/** `refused`: the shop turned the line down just now, whatever stock was shown before. */
export type LineFault = 'gone' | 'soldOut' | 'tooMany' | 'tooFew' | 'refused';

export interface PricedLine extends CartLine {
  product: ProductView | undefined;
  sku: SkuView | undefined;
  unitPriceMinor: number;
  amountMinor: number;
  fault: LineFault | undefined;
  isLoading: boolean;
}

export function faultOf(sku: SkuView, quantity: number): LineFault | undefined {
  if (isSoldOut(sku)) return 'soldOut';
  if (quantity > largestQuantity(sku)) return 'tooMany';
  if (quantity < sku.minQuantity) return 'tooFew';
  return undefined;
}

export function priceLine(line: CartLine, product: ProductView | undefined, isLoading: boolean): PricedLine {
  const sku = product?.skus.find((candidate) => candidate.id === line.skuId);
  const unit = sku ? priceNow(sku, line.quantity) : 0;
  const fault = sku ? faultOf(sku, line.quantity) : isLoading ? undefined : 'gone';
  return {
    ...line,
    product,
    sku,
    fault,
    isLoading,
    unitPriceMinor: unit,
    amountMinor: unit * line.quantity,
  };
}
