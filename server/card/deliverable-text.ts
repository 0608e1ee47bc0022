/** Text that a person wrote for buyers: several lines are fine, other control characters are a mistake of copying. */
import { maxSecretBytes } from './card-lines.ts';

export function isDeliverableText(text: string): boolean {
  if (text.trim() === '' || Buffer.byteLength(text) > maxSecretBytes) return false;
  return !/[\p{Cc}\ufffd]/u.test(text.replace(/[\n\r\t]/g, ''));
}
