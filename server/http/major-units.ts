/** Minor units -> the currency's own unit, as a number that a spreadsheet adds up: no sign of the currency, no thousands. */
export function major(minor: number, currency: string): number {
  return minor / 10 ** digitsOf(currency);
}

const digits = new Map<string, number>();

/** USDT and the like are no ISO currencies; the shop counts them in hundredths. */
function digitsOf(currency: string): number {
  const known = digits.get(currency);
  if (known !== undefined) return known;
  let found = 2;
  if (currency.length === 3) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    found = format.resolvedOptions().maximumFractionDigits ?? 2;
  }
  digits.set(currency, found);
  return found;
}

/** As a column of UTC times has it. */
export function utcText(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
