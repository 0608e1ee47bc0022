/**
 * `application/x-www-form-urlencoded`, read strictly: a name that comes twice (also when spelled with other escapes), a
 * broken escape or bytes that are not UTF-8 make the whole text unreadable. What is checked and what is used must never be
 * two readings of one message.
 */
export function readForm(text: Buffer | string): Record<string, string> | undefined {
  const source = typeof text === 'string' ? text : utf8(text);
  if (source === undefined) return undefined;
  const fields: Record<string, string> = Object.create(null);
  for (const pair of source.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = decode(at < 0 ? '' : pair.slice(at + 1));
    if (name === undefined || name === '' || value === undefined || name in fields) return undefined;
    fields[name] = value;
  }
  return fields;
}

export function writeForm(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return undefined;
  }
}

/** The text of bytes that are well-formed UTF-8. */
export function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
