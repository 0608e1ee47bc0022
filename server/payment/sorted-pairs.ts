/** The text that many networks sign: the parameters that have a value, sorted by name, as `k=v&k=v`, not encoded. */
export function sortedPairs(values: Readonly<Record<string, string>>, leaveOut: readonly string[]): string {
  return Object.keys(values)
    .filter((name) => values[name] !== '' && !leaveOut.includes(name))
    .sort()
    .map((name) => `${name}=${values[name]}`)
    .join('&');
}

/**
 * Parameters as they came in an address or a form. A name that comes twice means two things to two readers, so the whole
 * message is refused: undefined.
 */
export function parameters(encoded: string): Record<string, string> | undefined {
  const values: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(encoded)) {
    if (name in values) return undefined;
    values[name] = value;
  }
  return values;
}
