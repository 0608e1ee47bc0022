/** What one piece costs, and how many may be bought. */

export interface PriceStep {
  minQuantity: number;
  priceMinor: number;
}

/** A lower price for a while, as far as its pieces go. */
export interface FlashSale {
  id: number;
  /** UTC milliseconds; the end is the first moment at which it is over. */
  startsAt: number;
  endsAt: number;
  priceMinor: number;
  perBuyerLimit: number | null;
  /** null: as many as there are. */
  quantityLimit: number | null;
  /** Pieces that orders hold or have bought. */
  sold: number;
}

/** The price of each piece when `quantity` are bought: that of the highest step reached, else the base price. */
export function unitPriceMinor(
  sku: { priceMinor: number; priceSteps: readonly PriceStep[] },
  quantity: number,
): number {
  let reached: PriceStep | undefined;
  for (const step of sku.priceSteps) {
    if (step.minQuantity <= quantity && (!reached || step.minQuantity > reached.minQuantity)) reached = step;
  }
  return reached?.priceMinor ?? sku.priceMinor;
}

/** The sale that gives this line its price, if one does: it is on, cheaper than the price step, and has so many left. */
export function saleForLine(
  sku: { priceMinor: number; priceSteps: readonly PriceStep[]; flashSale: FlashSale | null },
  quantity: number,
  now: number,
): FlashSale | undefined {
  const sale = sku.flashSale;
  if (!sale || now < sale.startsAt || now >= sale.endsAt) return undefined;
  if (sale.priceMinor >= unitPriceMinor(sku, quantity)) return undefined;
  return quantity <= piecesLeft(sale) ? sale : undefined;
}

export function piecesLeft(sale: Pick<FlashSale, 'quantityLimit' | 'sold'>): number {
  return sale.quantityLimit === null ? Number.POSITIVE_INFINITY : Math.max(0, sale.quantityLimit - sale.sold);
}

export function quantityAllowed(sku: { minQuantity: number; maxQuantity: number }, quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= sku.minQuantity && quantity <= sku.maxQuantity;
}
