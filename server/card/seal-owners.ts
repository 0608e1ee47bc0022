/** What a sealed value is bound to, beside its purpose. A card is bound to its card_no_hash. */

export function loopCardOwner(skuId: number): string {
  return `sku ${skuId}`;
}

/** One line has one SKU, and the number of the line is not known yet when its answers are sealed. */
export function lineFormOwner(orderId: string, skuId: number): string {
  return `${orderId} sku ${skuId}`;
}

export function manualDeliveryOwner(orderId: string, lineNo: number): string {
  return `${orderId} ${lineNo}`;
}
