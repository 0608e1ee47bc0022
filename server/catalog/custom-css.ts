/**
 * What an owner's own style sheet may not do: load anything from elsewhere, or run anything. It is served as a file of the
 * shop, so it can break out of nothing; but an address in it would tell a stranger who looks at the shop.
 */

const forbidden: readonly [RegExp, string][] = [
  [/@import/, '@import'],
  [/@charset|@namespace/, '@charset'],
  [/expression\s*\(/, 'expression('],
  [/javascript\s*:|vbscript\s*:|data\s*:/, 'javascript: or data:'],
  [/behaviou?r\s*:|-moz-binding/, 'behavior:'],
  [/<\s*\/?\s*(style|script)|<!--/, '</style'],
  [/image-set\s*\(|cross-fade\s*\(|\bsrc\s*\(|\bimage\s*\(/, 'image-set('],
  [/\/\//, '//'],
];
const ownPicture = /^\s*(["']?)\/pictures\/[\w-]{43}-\d{2,4}\.webp\1\s*$/;

/** @returns the first thing that is not allowed, as it would be written */
export function cssFault(css: string): string | undefined {
  // Both readings of a comment, because tokens must not hide behind one; and no escape may spell a word.
  const texts = [css, css.replace(/\/\*[\s\S]*?(\*\/|$)/g, ''), css.replace(/\/\*[\s\S]*?(\*\/|$)/g, ' ')].map(plain);
  for (const text of texts) {
    for (const [pattern, name] of forbidden) if (pattern.test(text)) return name;
    for (const [, argument = ''] of text.matchAll(/url\s*\(([^)]*)\)?/g)) {
      if (!ownPicture.test(argument)) return 'url(';
    }
  }
  return undefined;
}

/** Escapes spelled out, in small letters, without what browsers skip. Names of pictures keep their case: it does not matter here. */
function plain(css: string): string {
  return css
    .replace(/\\([0-9a-f]{1,6})[ \t\r\n\f]?/gi, (_, code: string) => character(Number.parseInt(code, 16)))
    .replace(/\\\r?\n/g, '')
    .replace(/\\(.)/gs, '$1')
    .replace(/\0/g, '')
    .toLowerCase();
}

function character(code: number): string {
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
}
