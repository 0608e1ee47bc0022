/** What a sealed value is bound to, beside its purpose. A card is bound to its card_no_hash. */

export function loopCardOwner(skuId: number): string {
  return `sku ${skuId}`;
}

export function manualDeliveryOwner(orderId: string, lineNo: number): string {
  return `${orderId} ${lineNo}`;
}
