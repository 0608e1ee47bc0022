/** What a buyer types at checkout, and what the shop would refuse of it. */
import type { Language } from '../../../contract/common.ts';
import type { PlaceOrderBody } from '../../../contract/shop.ts';
import type { PricedLine } from '../cart/priced-line.ts';

export interface BuyerInput {
  contact: string;
  lookupPassword: string;
  couponCode: string;
}
export type BuyerFaults = { [K in keyof BuyerInput]?: boolean };

export function buyerFaults(input: BuyerInput): BuyerFaults {
  return {
    ...(input.contact.trim().length < 2 && { contact: true }),
    ...(input.lookupPassword !== '' && input.lookupPassword.length < 4 && { lookupPassword: true }),
  };
}

export function orderBody(
  lines: readonly PricedLine[],
  input: BuyerInput,
  channel: string | undefined,
  lang: Language,
): PlaceOrderBody {
  const couponCode = input.couponCode.trim();
  return {
    lines: lines.map(({ skuId, quantity, unitPriceMinor }) => ({ skuId, quantity, unitPriceMinor })),
    contact: input.contact.trim(),
    ...(input.lookupPassword && { lookupPassword: input.lookupPassword }),
    ...(couponCode && { couponCode }),
    ...(channel && { channel }),
    lang,
  };
}
