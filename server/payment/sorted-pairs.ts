/** The text that many networks sign: the parameters that have a value, sorted by name, as `k=v&k=v`, not encoded. */
export function sortedPairs(values: Readonly<Record<string, string>>, leaveOut: readonly string[]): string {
  return Object.keys(values)
    .filter((name) => values[name] !== '' && !leaveOut.includes(name))
    .sort()
    .map((name) => `${name}=${values[name]}`)
    .join('&');
}
