/** JSON as it comes from strangers: an object or nothing. What its fields hold is for the reader to check, one by one. */
export function jsonObject(bytes: Buffer | string): Record<string, unknown> | undefined {
  try {
    const text = typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Text, or a whole number as text (half of all networks cannot decide which to send); '' for anything else. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  return Number.isSafeInteger(value) ? String(value) : '';
}
