/** What buyers are asked for, as it stands in the form of a variant, and as it is sent. */
import type { BuyerField } from '../../../contract/buyer-fields.ts';
import type { FieldDraft, SkuDraft } from './sku-draft.ts';

export function fieldDrafts(fields: readonly BuyerField[]): FieldDraft[] {
  return fields.map((field, id) => ({
    id,
    key: field.key,
    zh: field.label.zh,
    en: field.label.en ?? '',
    kind: field.kind,
    required: field.required,
    minLength: field.minLength ?? null,
    maxLength: field.maxLength ?? null,
    pattern: field.pattern ?? '',
    options: (field.options ?? []).map(({ value, label }) => (label ? `${value}=${label.zh}` : value)).join('\n'),
  }));
}

export function newField(fields: readonly FieldDraft[]): FieldDraft {
  const id = Math.max(-1, ...fields.map((field) => field.id)) + 1;
  const taken = new Set(fields.map(({ key }) => key));
  let nth = fields.length + 1;
  while (taken.has(`field${nth}`)) nth++;
  const texts = { key: `field${nth}`, zh: '', en: '', pattern: '', options: '' };
  return { id, ...texts, kind: 'text', required: true, minLength: null, maxLength: null };
}

export function isWhole({ key, zh, minLength, maxLength }: FieldDraft): boolean {
  const isLength = (length: number | null) =>
    length === null || (Number.isInteger(length) && length > 0 && length <= 300);
  return /^[a-z][a-z0-9_]{0,29}$/.test(key) && zh.trim() !== '' && isLength(minLength) && isLength(maxLength);
}

/** Only goods that are delivered by hand or by a webhook ask for anything. */
export function fieldsBody({ delivery, fields }: Pick<SkuDraft, 'delivery' | 'fields'>): BuyerField[] {
  if (delivery !== 'manual' && delivery !== 'webhook') return [];
  return fields.map(({ key, zh, en, kind, required, minLength, maxLength, pattern, options }) => ({
    key,
    label: { zh: zh.trim(), ...(en.trim() && { en: en.trim() }) },
    kind,
    required,
    ...(kind !== 'select' && minLength !== null && { minLength }),
    ...(kind !== 'select' && maxLength !== null && { maxLength }),
    ...(kind !== 'select' && pattern.trim() && { pattern: pattern.trim() }),
    ...(kind === 'select' && optionsOf(options)),
  }));
}

function optionsOf(text: string): Pick<BuyerField, 'options'> {
  const lines = text.split('\n').map((line) => line.trim());
  const options = lines.filter(Boolean).map((line) => {
    const [value = '', ...words] = line.split('=');
    const zh = words.join('=').trim();
    return { value: value.trim(), ...(zh && { label: { zh } }) };
  });
  return options.length > 0 ? { options } : {};
}
