/** The address of a robot: a secret, because whoever knows it can write into the group. */
import { type OutsideRule, refusalOfAddress } from '../../platform/outside-address.ts';
import { type FieldTexts, SettingError, secretField } from '../../platform/setting-fields.ts';

export const addressField = (texts: FieldTexts) =>
  secretField({ maxLength: 800, pattern: '^https?://[^\\s]+$', ...texts });

export function allowedAddress(field: string, address: string, rule: OutsideRule): string {
  const refusal = refusalOfAddress(address, rule);
  if (refusal) throw new SettingError(field, refusal);
  return address;
}
