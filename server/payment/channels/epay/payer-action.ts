/** Gateways answer with a page to go to or a text to scan; some name their page without their host. */
import type { PaymentAction } from '../../../../contract/shop.ts';

/** The first of these that a payer can use. */
export function payerAction(
  gateway: string,
  offers: readonly (readonly ['url' | 'code', unknown])[],
): PaymentAction | undefined {
  for (const [kind, value] of offers) {
    if (typeof value !== 'string' || value === '' || value.length > 4000) continue;
    const full = value.startsWith('/') ? new URL(value, gateway).href : value;
    if (kind === 'code') return { type: 'qr', content: full };
    if (/^https?:\/\//i.test(full) && URL.canParse(full)) return { type: 'redirect', url: full };
  }
  return undefined;
}
