/** What a buyer types at checkout, and what the shop would refuse of it. */
import { type AnswerFault, answerFault } from '../../../contract/buyer-answers.ts';
import type { Language } from '../../../contract/common.ts';
import type { PlaceOrderBody, SkuView } from '../../../contract/shop.ts';
import type { PricedLine } from '../cart/priced-line.ts';

export interface BuyerInput {
  contact: string;
  lookupPassword: string;
  couponCode: string;
  /** By SKU, then by the key of the field. */
  forms: Record<number, Record<string, string>>;
}
export type BuyerFaults = { [K in Exclude<keyof BuyerInput, 'forms'>]?: boolean };

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
    lines: lines.map(({ skuId, quantity, unitPriceMinor, sku }) => ({
      skuId,
      quantity,
      unitPriceMinor,
      ...(sku && sku.buyerFields.length > 0 && { fields: givenAnswers(sku, input) }),
    })),
    contact: input.contact.trim(),
    ...(input.lookupPassword && { lookupPassword: input.lookupPassword }),
    ...(couponCode && { couponCode }),
    ...(channel && { channel }),
    lang,
  };
}

function givenAnswers({ id, buyerFields }: SkuView, { forms }: BuyerInput): Record<string, string> {
  const answers = buyerFields.map(({ key }) => [key, forms[id]?.[key]?.trim() ?? ''] as const);
  return Object.fromEntries(answers.filter(([, answer]) => answer !== ''));
}

/** What is wrong with the answers, by the id of the field on the page, in the order of the page. */
export function formFaults(lines: readonly PricedLine[], { forms }: BuyerInput): Map<string, AnswerFault> {
  const faults = new Map<string, AnswerFault>();
  for (const { sku } of lines) {
    for (const field of sku?.buyerFields ?? []) {
      const fault = answerFault(field, forms[sku?.id ?? 0]?.[field.key]);
      if (fault) faults.set(fieldId(sku?.id ?? 0, field.key), fault);
    }
  }
  return faults;
}

export const fieldId = (skuId: number, key: string): string => `form-${skuId}-${key}`;
