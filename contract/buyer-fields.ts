/**
 * What a buyer is asked for at the checkout (a game account, a server, a number): the definition, and what an answer must be.
 * One set of rules for the page and the shop, so that both refuse the same.
 */
import { type Static, Type } from 'typebox';

export const buyerFieldKinds = ['text', 'number', 'email', 'select', 'secret'] as const;
export type BuyerFieldKind = (typeof buyerFieldKinds)[number];

export const maxBuyerFields = 10;
export const maxAnswerLength = 300;

const label = Type.Object(
  {
    zh: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }),
    en: Type.Optional(Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' })),
  },
  { additionalProperties: false },
);
export const BuyerField = Type.Object(
  {
    key: Type.String({ pattern: '^[a-z][a-z0-9_]{0,29}$', description: 'Names the answer for programs' }),
    label,
    kind: Type.Unsafe<BuyerFieldKind>({
      type: 'string',
      enum: [...buyerFieldKinds],
      description: 'secret: hidden while it is typed, stored sealed, in no mail and no webhook',
    }),
    required: Type.Boolean(),
    minLength: Type.Optional(Type.Integer({ minimum: 1, maximum: maxAnswerLength })),
    maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: maxAnswerLength })),
    pattern: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 80,
        description: 'The whole answer must fit: characters, classes and repetitions, without groups',
      }),
    ),
    options: Type.Optional(
      Type.Array(
        Type.Object(
          { value: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }), label: Type.Optional(label) },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 50 },
      ),
    ),
  },
  { additionalProperties: false },
);
export type BuyerField = Static<typeof BuyerField>;
export const BuyerFields = Type.Array(BuyerField, { maxItems: maxBuyerFields });

export const BuyerAnswers = Type.Record(
  Type.String({ pattern: '^[a-z][a-z0-9_]{0,29}$' }),
  Type.String({ maxLength: maxAnswerLength }),
  { maxProperties: maxBuyerFields, description: 'By the key of the field' },
);
export type BuyerAnswers = Record<string, string>;

/** What a line was asked, and what its buyer answered. */
export const AnsweredField = Type.Object({
  key: Type.String(),
  label,
  kind: Type.Unsafe<BuyerFieldKind>({ type: 'string', enum: [...buyerFieldKinds] }),
  value: Type.String(),
});
export type AnsweredField = Static<typeof AnsweredField>;
export const FormReply = Type.Object({
  lines: Type.Array(Type.Object({ lineNo: Type.Integer(), fields: Type.Array(AnsweredField) })),
});
export type FormReply = Static<typeof FormReply>;

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
