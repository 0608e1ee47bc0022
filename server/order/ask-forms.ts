/** Reads what the SKUs of a request ask for, and whether its answers are that, before the order enters the batch. */
import type { BuyerField } from '../../contract/buyer-fields.ts';
import type { PlaceOrderBody } from '../../contract/shop.ts';
import type { LetterKeys } from '../card/letter-key.ts';
import { buyerFieldsOf } from '../catalog/buyer-fields-of.ts';
import type { CatalogueDeps } from '../catalog/list-products.ts';
import { isAway } from '../degrade/degrade.ts';
import type { LetterKey } from '../platform/sealed-letter.ts';
import { answersFault, type GivenForm, givenForms } from './buyer-form.ts';

export interface AskedForms {
  given: GivenForm[];
  asked: ReadonlyMap<number, readonly BuyerField[]>;
  letterKey: LetterKey | undefined;
}

export type FormsOutcome =
  | { kind: 'forms'; forms: AskedForms | undefined }
  | { kind: 'form-invalid'; skuId: number; key: string; why: string }
  /** Nobody has told yet how to seal a secret; the database is away. */
  | { kind: 'no-letter-key' };

export interface AskFormsDeps extends Pick<CatalogueDeps, 'catalogueReads' | 'catalogueCache'> {
  letterKeys: LetterKeys;
}

export async function askForms(deps: AskFormsDeps, lines: PlaceOrderBody['lines']): Promise<FormsOutcome> {
  const given = givenForms(lines);
  if (!given) return { kind: 'form-invalid', skuId: lines[0]?.skuId ?? 0, key: '', why: 'twice' };
  if (given.length === 0) return { kind: 'forms', forms: undefined };
  const asked = new Map<number, readonly BuyerField[]>();
  for (const { skuId, fields } of given) {
    const definition = await buyerFieldsOf(deps, skuId).catch((error: unknown) => {
      if (isAway(error)) return undefined;
      throw error;
    });
    if (!definition) continue;
    const fault = answersFault(definition, fields);
    if (fault) return { kind: 'form-invalid', skuId, ...fault };
    asked.set(skuId, definition);
  }
  const needsKey = given.some(
    ({ skuId }) => !asked.has(skuId) || asked.get(skuId)?.some(({ kind }) => kind === 'secret'),
  );
  const letterKey = needsKey ? await deps.letterKeys.current() : undefined;
  if (needsKey && !letterKey) return { kind: 'no-letter-key' };
  return { kind: 'forms', forms: { given, asked, letterKey } };
}
