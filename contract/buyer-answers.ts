/**
 * What the answer of a buyer must be, and what a definition may not be. One set of rules for the pages and the shop, so that
 * all refuse the same; without the schemas, which a browser has no use for.
 */
import type { BuyerField } from './buyer-fields.ts';

export const buyerFieldKinds = ['text', 'number', 'email', 'select', 'secret'] as const;
export type BuyerFieldKind = (typeof buyerFieldKinds)[number];

export const maxBuyerFields = 10;
export const maxAnswerLength = 300;

export type AnswerFault = 'missing' | 'short' | 'long' | 'number' | 'email' | 'option' | 'pattern';

/** @param answer as it was given; outer space does not count */
export function answerFault(field: BuyerField, answer: string | undefined): AnswerFault | undefined {
  const text = answer?.trim() ?? '';
  if (text === '') return field.required ? 'missing' : undefined;
  if (field.kind === 'select') return field.options?.some(({ value }) => value === text) ? undefined : 'option';
  if (text.length < (field.minLength ?? 1)) return 'short';
  if (text.length > (field.maxLength ?? maxAnswerLength)) return 'long';
  if (field.kind === 'number' && !/^\d+$/.test(text)) return 'number';
  if (field.kind === 'email' && !/^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}\.[^\s@<>".]{2,}$/.test(text)) return 'email';
  // A line break or another control character is a mistake of copying.
  if (/\p{Cc}/u.test(text)) return 'pattern';
  return field.pattern !== undefined && !patternOf(field.pattern)?.test(text) ? 'pattern' : undefined;
}

/** Undefined for what this shop does not take: no groups, no alternatives, and few repetitions, so that no answer makes it slow. */
export function patternOf(source: string): RegExp | undefined {
  const atom = String.raw`(?:\[(?:\\.|[^\]\\])+\]|\\[dwsDWS.+*?^$(){}|[\]\\/-]|[^\\[\](){}|*+?^$])`;
  const repeat = String.raw`(?:\{\d{1,3}(?:,\d{0,3})?\}|[*+?])`;
  const parts = new RegExp(`^\\^?(?:${atom}${repeat}?)+\\$?$`, 'u');
  if (!parts.test(source)) return undefined;
  // Each repetition of no fixed length multiplies the ways to read an answer by its length.
  const bare = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  if ((bare.match(/[*+?]|\{\d+,\d*\}/g) ?? []).length > 3) return undefined;
  try {
    return new RegExp(`^(?:${source.replace(/^\^|\$$/g, '')})$`, 'u');
  } catch {
    return undefined;
  }
}

/** What of a definition contradicts itself: path below `buyerFields`, and why. */
export function fieldFaults(fields: readonly BuyerField[]): { path: string; message: string }[] {
  const faults: { path: string; message: string }[] = [];
  const keys = new Set<string>();
  for (const [at, field] of fields.entries()) {
    const add = (name: string, message: string) => void faults.push({ path: `${at}/${name}`, message });
    if (keys.has(field.key)) add('key', 'must not be used twice');
    keys.add(field.key);
    if ((field.kind === 'select') !== (field.options !== undefined))
      add('options', 'belong to a select, and only there');
    const values = (field.options ?? []).map(({ value }) => value.trim());
    if (new Set(values).size < values.length) add('options', 'must not hold a value twice');
    if ((field.minLength ?? 1) > (field.maxLength ?? maxAnswerLength))
      add('maxLength', 'must not be less than minLength');
    if (field.pattern !== undefined && !patternOf(field.pattern)) {
      add('pattern', 'must be made of characters, classes and at most three open repetitions, without groups');
    }
  }
  return faults;
}
