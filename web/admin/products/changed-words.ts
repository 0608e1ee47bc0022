/** Fields of products and variants and their values, in the words of the forms. */

import type { Language } from '../../../contract/common.ts';
import { formatMoney } from '../../ui/money.ts';
import type { useProductTexts } from './product-texts.ts';

type Translate = ReturnType<typeof useProductTexts>;

const names = {
  name: 'form.name',
  summary: 'form.summary',
  description: 'form.description',
  nameEn: 'sku.nameEn',
  summaryEn: 'form.summary',
  descriptionEn: 'form.description',
  slug: 'form.slug',
  categoryId: 'form.category',
  imageUrl: 'form.image',
  pictures: 'form.image',
  status: 'form.status',
  position: 'form.position',
  priceMinor: 'sku.price',
  currency: 'sku.currency',
  delivery: 'sku.delivery',
  minQuantity: 'sku.min',
  maxQuantity: 'sku.max',
  perBuyerLimit: 'sku.limit',
  lowStockAt: 'sku.lowStock',
  steps: 'sku.steps',
  sale: 'sale.title',
  fields: 'fields.title',
} as const;

const longest = 80;

/** @param currency of the amounts */
export function changedWords(t: Translate, currency = 'CNY', language: Language = 'zh') {
  return (key: string, value: unknown): { name: string; value: string } | undefined => {
    const name = (names as Record<string, (typeof names)[keyof typeof names]>)[key];
    return name && { name: t(name), value: inWords(t, key, value, currency, language) };
  };
}

function inWords(t: Translate, key: string, value: unknown, currency: string, language: Language): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return '—';
  if (key === 'priceMinor') return formatMoney(Number(value), currency, language);
  if (key === 'status') return t(`status.${value as 'active' | 'hidden' | 'archived'}`);
  if (key === 'steps') {
    const steps = value as { minQuantity: number; priceMinor: number }[];
    return steps.map((step) => `${step.minQuantity}: ${formatMoney(step.priceMinor, currency, language)}`).join(', ');
  }
  if (key === 'sale') {
    const sale = value as { isOn: boolean; priceMinor: number | null };
    return sale.isOn ? formatMoney(sale.priceMinor ?? 0, currency, language) : '—';
  }
  if (key === 'fields') return (value as { zh: string }[]).map(({ zh }) => zh).join(', ');
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
