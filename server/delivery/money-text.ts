/** An amount as people of a language read it. */
import type { Language } from '../../contract/common.ts';

export function moneyText(minor: number, currency: string, lang: Language): string {
  try {
    const format = new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en', { style: 'currency', currency });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(minor / 10 ** digits);
  } catch {
    // A token of four or five letters (USDT) is no ISO currency; the shop counts it in hundredths.
    return `${(minor / 100).toFixed(2)} ${currency}`;
  }
}
