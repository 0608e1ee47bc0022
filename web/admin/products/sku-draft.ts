/** What stands in the form of a variant, and what of it is sent. */

import type { AdminSku, CreateSkuBody, SaleStatus } from '../../../contract/admin-catalogue.ts';
import { type BuyerFieldKind, fieldFaults } from '../../../contract/buyer-answers.ts';
import type { DeliveryMode } from '../../../contract/states.ts';
import { fieldDrafts, fieldsBody, isWhole } from './field-draft.ts';

export interface StepDraft {
  key: number;
  minQuantity: number | null;
  priceMinor: number | null;
}

export interface SaleDraft {
  isOn: boolean;
  startsAt: number | null;
  endsAt: number | null;
  priceMinor: number | null;
  perBuyerLimit: number | null;
  quantityLimit: number | null;
}

/** One line of text, or of options, for each thing that is asked. */
export interface FieldDraft {
  id: number;
  key: string;
  zh: string;
  en: string;
  kind: BuyerFieldKind;
  required: boolean;
  minLength: number | null;
  maxLength: number | null;
  pattern: string;
  /** One in each line: a value, or a value, `=` and its words. */
  options: string;
}

export interface SkuDraft {
  name: string;
  nameEn: string;
  priceMinor: number | null;
  currency: string;
  delivery: DeliveryMode;
  minQuantity: number | null;
  maxQuantity: number | null;
  perBuyerLimit: number | null;
  lowStockAt: number | null;
  status: SaleStatus;
  position: number | null;
  steps: StepDraft[];
  sale: SaleDraft;
  fields: FieldDraft[];
}

export function skuDraft(sku?: AdminSku): SkuDraft {
  return {
    name: sku?.name ?? '',
    nameEn: sku?.translations.en?.name ?? '',
    priceMinor: sku?.priceMinor ?? null,
    currency: sku?.currency ?? 'CNY',
    delivery: sku?.delivery ?? 'cards',
    minQuantity: sku?.minQuantity ?? 1,
    maxQuantity: sku?.maxQuantity ?? 100,
    perBuyerLimit: sku?.perBuyerLimit ?? null,
    lowStockAt: sku?.lowStockAt ?? 0,
    status: sku?.status ?? 'active',
    position: sku?.position ?? 0,
    steps: (sku?.priceSteps ?? []).map((step, key) => ({ key, ...step })),
    sale: saleDraft(sku?.flashSale ?? null),
    fields: fieldDrafts(sku?.buyerFields ?? []),
  };
}

function saleDraft(sale: AdminSku['flashSale']): SaleDraft {
  const { startsAt = null, endsAt = null, priceMinor = null, perBuyerLimit = null, quantityLimit = null } = sale ?? {};
  return { isOn: sale !== null, startsAt, endsAt, priceMinor, perBuyerLimit, quantityLimit };
}

const isCount = (value: number | null, min: number): value is number =>
  Number.isInteger(value) && value !== null && value >= min;

export type SkuFault =
  | 'name'
  | 'price'
  | 'currency'
  | 'min'
  | 'max'
  | 'range'
  | 'limit'
  | 'lowStock'
  | 'position'
  | 'steps'
  | 'saleWindow'
  | 'salePrice'
  | 'saleLimit'
  | 'saleQuantity'
  | 'fields';

export function skuFaults(draft: SkuDraft): Set<SkuFault> {
  const faults = new Set<SkuFault>();
  const check = (fault: SkuFault, isRight: boolean) => void (isRight || faults.add(fault));
  check('name', draft.name.trim() !== '');
  check('price', isCount(draft.priceMinor, 1));
  check('currency', /^[A-Z]{3,5}$/.test(draft.currency));
  check('min', isCount(draft.minQuantity, 1));
  check('max', isCount(draft.maxQuantity, 1));
  check('range', (draft.minQuantity ?? 1) <= (draft.maxQuantity ?? 1));
  check('limit', draft.perBuyerLimit === null || isCount(draft.perBuyerLimit, 1));
  check('lowStock', isCount(draft.lowStockAt, 0));
  check('position', isCount(draft.position, -1_000_000));
  check('steps', areSteps(draft.steps));
  const { sale } = draft;
  check('fields', draft.fields.every(isWhole) && fieldFaults(fieldsBody(draft)).length === 0);
  if (sale.isOn) {
    check('saleWindow', sale.startsAt !== null && sale.endsAt !== null && sale.endsAt > sale.startsAt);
    check('salePrice', isCount(sale.priceMinor, 1) && sale.priceMinor < (draft.priceMinor ?? 0));
    check('saleLimit', sale.perBuyerLimit === null || isCount(sale.perBuyerLimit, draft.minQuantity ?? 1));
    check('saleQuantity', sale.quantityLimit === null || isCount(sale.quantityLimit, draft.minQuantity ?? 1));
  }
  return faults;
}

function areSteps(steps: readonly StepDraft[]): boolean {
  return steps.every(
    (step, i) =>
      isCount(step.priceMinor, 1) && isCount(step.minQuantity, i === 0 ? 2 : (steps[i - 1]?.minQuantity ?? 1) + 1),
  );
}

/** Only for a draft without faults. */
export function skuBody(draft: SkuDraft, before?: AdminSku): CreateSkuBody {
  const nameEn = draft.nameEn.trim();
  const { en: _, ...others } = before?.translations ?? {};
  return {
    name: draft.name.trim(),
    translations: { ...others, ...(nameEn !== '' && { en: { name: nameEn } }) },
    priceMinor: draft.priceMinor ?? 0,
    currency: draft.currency,
    delivery: draft.delivery,
    minQuantity: draft.minQuantity ?? 1,
    maxQuantity: draft.maxQuantity ?? 1,
    perBuyerLimit: draft.perBuyerLimit,
    lowStockAt: draft.lowStockAt ?? 0,
    status: draft.status,
    ...(draft.position !== before?.position && { position: draft.position ?? 0 }),
    priceSteps: draft.steps.map((step) => ({ minQuantity: step.minQuantity ?? 2, priceMinor: step.priceMinor ?? 0 })),
    flashSale: saleBody(draft.sale),
    buyerFields: fieldsBody(draft),
  };
}

function saleBody({ isOn, startsAt, endsAt, priceMinor, perBuyerLimit, quantityLimit }: SaleDraft) {
  if (!isOn || startsAt === null || endsAt === null || priceMinor === null) return null;
  return { startsAt, endsAt, priceMinor, perBuyerLimit, quantityLimit };
}
