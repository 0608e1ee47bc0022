/**
 * What buyers answer at the checkout, on its way into an order. Secrets are sealed for the card role before the order enters
 * the batch (or the disk, while the database is away), so nothing of ours ever holds them in clear. Whether the answers are
 * what is asked for is judged again in the order's transaction, by the definition as it is then.
 */
import { createHmac } from 'node:crypto';
import { answerFault } from '../../contract/buyer-answers.ts';
import type { AnsweredField, BuyerAnswers, BuyerField } from '../../contract/buyer-fields.ts';
import type { LineForm } from '../card/line-form-store.ts';
import { lineFormOwner } from '../card/seal-owners.ts';
import { type LetterKey, sealLetter } from '../platform/sealed-letter.ts';
import type { OrderLine } from './order.ts';

/** The answers for one SKU as they travel: data alone, as JSON carries it. */
export interface DraftForm {
  skuId: number;
  answers: BuyerAnswers;
  secretKeys: string[];
  /** Base64 of a letter that holds the secrets by their keys. */
  secrets: string | null;
}

export interface FormFault {
  key: string;
  why: string;
}

export interface GivenForm {
  skuId: number;
  fields: BuyerAnswers;
}

/** @returns undefined where the same SKU comes twice with different answers */
export function givenForms(
  lines: readonly { skuId: number; fields?: BuyerAnswers | undefined }[],
): GivenForm[] | undefined {
  const forms = new Map<number, GivenForm>();
  for (const { skuId, fields } of lines) {
    if (!fields || Object.keys(fields).length === 0) continue;
    const before = forms.get(skuId);
    if (before && JSON.stringify(sorted(before.fields)) !== JSON.stringify(sorted(fields))) return undefined;
    forms.set(skuId, { skuId, fields });
  }
  return [...forms.values()];
}

/** @param asked the definition as far as it is known; what is not known counts as a secret */
export function draftForm(
  given: GivenForm,
  asked: readonly BuyerField[] | undefined,
  orderId: string,
  to: LetterKey | undefined,
): DraftForm | 'no-key' {
  const answers: BuyerAnswers = {};
  const secrets: BuyerAnswers = {};
  for (const [key, value] of sorted(given.fields)) {
    const text = value.trim();
    if (text === '') continue;
    const field = asked?.find((one) => one.key === key);
    if (asked && field?.kind !== 'secret') answers[key] = text;
    else secrets[key] = text;
  }
  const secretKeys = Object.keys(secrets);
  const { skuId } = given;
  if (secretKeys.length === 0) return { skuId, answers, secretKeys, secrets: null };
  if (!to) return 'no-key';
  const letter = sealLetter(to, 'line-form', lineFormOwner(orderId, skuId), JSON.stringify(secrets));
  return { skuId, answers, secretKeys, secrets: letter.toString('base64') };
}

/** What is wrong with the answers, secrets included: asked while they are still in clear. */
export function answersFault(asked: readonly BuyerField[], given: BuyerAnswers): FormFault | undefined {
  for (const field of asked) {
    const why = answerFault(field, given[field.key]);
    if (why) return { key: field.key, why };
  }
  const unknown = Object.keys(given).find((key) => !asked.some((field) => field.key === key));
  return unknown === undefined ? undefined : { key: unknown, why: 'unknown' };
}

/** The same in the order's transaction: of secrets it is only known that they are there. */
export function formFault(asked: readonly BuyerField[], form: DraftForm | undefined): FormFault | undefined {
  const secret = new Set(form?.secretKeys ?? []);
  const open = asked.filter((field) => !secret.has(field.key));
  const clear = open.find((field) => field.kind === 'secret' && form?.answers[field.key] !== undefined);
  if (clear) return { key: clear.key, why: 'changed' };
  const unknown = [...secret].find((key) => !asked.some((field) => field.key === key));
  if (unknown !== undefined) return { key: unknown, why: 'unknown' };
  return answersFault(open, form?.answers ?? {});
}

/** With the words of the question: what is asked may change, what was answered does not. */
export function lineForm(orderId: string, line: OrderLine, asked: readonly BuyerField[], form: DraftForm): LineForm {
  const secret = new Set(form.secretKeys);
  const fields = asked.filter(({ key }) => secret.has(key) || form.answers[key] !== undefined);
  const answers = fields.map(
    ({ key, label, kind }): AnsweredField => ({ key, label, kind, value: form.answers[key] ?? '' }),
  );
  const secrets = form.secrets === null ? null : Buffer.from(form.secrets, 'base64');
  const keyId = secrets?.readUInt32BE(1) ?? null;
  return { orderId, lineNo: line.lineNo, skuId: line.skuId, answers: JSON.stringify(answers), secrets, keyId };
}

/**
 * Tells a repeated request from another one. Under the client's own key, which is not stored: a plain hash of a short
 * password beside everything else that goes into it could be tried out.
 */
export function formsDigest(forms: readonly GivenForm[], idempotencyKey: string): string {
  const all = forms.map(({ skuId, fields }) => [skuId, sorted(fields)]);
  return createHmac('sha256', idempotencyKey).update(JSON.stringify(all)).digest('base64url');
}

const sorted = (fields: BuyerAnswers) => Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
