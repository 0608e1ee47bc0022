/** What one piece costs, and how many may be bought. */

export interface PriceStep {
  minQuantity: number;
  priceMinor: number;
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

export function quantityAllowed(sku: { minQuantity: number; maxQuantity: number }, quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= sku.minQuantity && quantity <= sku.maxQuantity;
}
