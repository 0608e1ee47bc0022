/** Money typed by people, and minor units. No floating point in between: 0.29 must be 29. */

export function minorDigits(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    // Codes such as USDT are longer than Intl takes; the shop keeps two minor digits for them.
    return 2;
  }
}

/** `12`, `12.5`, `12.50`, `１２．５` and `1,200` -> minor units; null for anything else, or for more digits than there are. */
export function parseMoney(typed: string, digits: number): number | null {
  const text = typed.normalize('NFKC').replaceAll(',', '').trim();
  const match = /^(\d{1,9})(?:\.(\d*))?$/.exec(text);
  if (!match) return null;
  const [, whole = '', fraction = ''] = match;
  if (fraction.length > digits) return null;
  return Number(whole) * 10 ** digits + Number(fraction.padEnd(digits, '0') || 0);
}
