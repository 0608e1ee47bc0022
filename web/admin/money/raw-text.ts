/**
 * What strangers sent, made fit to be read: JSON is laid out, and characters that hide or turn text around (controls, marks of
 * direction, spaces without width) are written out, so that nothing on the page looks other than it is.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

export function rawText(raw: string): string {
  return laidOut(raw).replace(unseen, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function laidOut(raw: string): string {
  if (!/^\s*[{[]/.test(raw)) return raw;
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}
