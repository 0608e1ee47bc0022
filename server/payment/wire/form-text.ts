/**
 * `application/x-www-form-urlencoded`, read strictly: a name that comes twice (also when spelled with other escapes), a
 * broken escape or bytes that are not UTF-8 make the whole text unreadable. What is checked and what is used must never be
 * two readings of one message.
 */
export function readForm(text: Buffer | string): Map<string, string> | undefined {
  const source = typeof text === 'string' ? text : utf8(text);
  if (source === undefined) return undefined;
  const fields = new Map<string, string>();
  for (const pair of source.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = decode(at < 0 ? '' : pair.slice(at + 1));
    if (name === undefined || name === '' || value === undefined || fields.has(name)) return undefined;
    fields.set(name, value);
  }
  return fields;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return undefined;
  }
}

function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** `a=1&b=2` in the order of names, without the given names and without empty values: what most networks sign. */
export function sortedPairs(fields: Iterable<readonly [string, string]>, without: readonly string[]): string {
  return [...fields]
    .filter(([name, value]) => value !== '' && !without.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

export function writeForm(fields: Iterable<readonly [string, string]>): string {
  return [...fields].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}
