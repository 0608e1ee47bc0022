/** Money between minor units and the decimals of the wire. Exact: digits are moved, nothing is multiplied. */

/** 1234 -> "12.34" */
export function decimalOf(minor: number): string {
  const digits = String(minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** "12.34", "12.3", "12" -> 1234, 1230, 1200; undefined for anything that is not an amount to the cent. */
export function minorOf(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const match = /^(\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(text);
  if (!match) return undefined;
  return Number(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`);
}

/** A whole number of cents as the wire writes it ("1234"), or undefined. */
export function wholeMinorOf(text: unknown): number | undefined {
  return typeof text === 'string' && /^\d{1,14}$/.test(text) ? Number(text) : undefined;
}
