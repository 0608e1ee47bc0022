/** What a buyer answered at the checkout, for somebody the caller has found entitled to it. */
import type { AnsweredField, FormReply } from '../../contract/buyer-fields.ts';
import type { Database } from '../platform/db/database.ts';
import type { Keyring } from './keyring.ts';
import { readLineForms } from './line-form-store.ts';
import { lineFormOwner } from './seal-owners.ts';

export async function showForms(
  deps: { database: Database; keyring: Keyring },
  orderId: string,
): Promise<FormReply['lines']> {
  const forms = await readLineForms(deps.database.read, orderId);
  return forms.map(({ lineNo, skuId, answers, secrets }) => {
    const opened = secrets
      ? (JSON.parse(deps.keyring.unseal('line-form', lineFormOwner(orderId, skuId), secrets)) as Record<string, string>)
      : {};
    const fields = JSON.parse(answers) as AnsweredField[];
    return { lineNo, fields: fields.map((field) => ({ ...field, value: opened[field.key] ?? field.value })) };
  });
}
