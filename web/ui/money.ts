import type { Language } from '../../contract/common.ts';
import { localeOf, useLanguage } from './language.ts';

/** Minor units (fen, cents) and a currency code to a price as the reader's language writes it. */
export function formatMoney(amountMinor: number, currency: string, language: Language): string {
  try {
    const format = new Intl.NumberFormat(localeOf(language), {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(amountMinor / 10 ** digits);
  } catch {
    // Codes such as USDT are longer than Intl takes; the shop keeps two minor digits for them.
    return `${(amountMinor / 100).toFixed(2)} ${currency}`;
  }
}

export function useMoney(): (amountMinor: number, currency: string) => string {
  const language = useLanguage();
  return (amountMinor, currency) => formatMoney(amountMinor, currency, language);
}
