/** Money as networks write it, `12.34`, to and from integer minor units. Never by way of a floating-point number. */

/** How many digits stand behind the point: 2 for most, 0 for yen. Tokens that are no ISO currency (USDT) are counted in hundredths. */
export function currencyDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  let digits = 2;
  try {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    // Four or five letters: not a currency that Intl takes.
  }
  digitsOf.set(currency, digits);
  return digits;
}

const digitsOf = new Map<string, number>();

/** `1234` fen -> `12.34`. */
export function decimalAmount(amountMinor: number, currency: string): string {
  if (!Number.isSafeInteger(amountMinor) || amountMinor < 0) throw new Error(`not an amount: ${amountMinor}`);
  const digits = currencyDigits(currency);
  const text = String(amountMinor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * `12.34`, `12.3`, `12` and `12.3400` -> minor units; undefined for anything that is not a plain decimal number, or that has
 * a part smaller than a minor unit (such money must not be rounded into a match).
 */
export function minorAmount(text: unknown, currency: string): number | undefined {
  if (typeof text !== 'string') return undefined;
  const [, whole, fraction = ''] = /^(\d{1,13})(?:\.(\d{1,12}))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const digits = currencyDigits(currency);
  if (/[1-9]/.test(fraction.slice(digits))) return undefined;
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? minor : undefined;
}
