/**
 * What a buyer is asked for at the checkout (a game account, a server, a number): the definition. What an answer
 * must be stands in buyer-answers.ts.
 */
import { type Static, Type } from 'typebox';
import { type BuyerFieldKind, buyerFieldKinds, maxAnswerLength, maxBuyerFields } from './buyer-answers.ts';

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
