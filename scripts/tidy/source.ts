/** A file as the rules see it: its text, and two views of it with the same offsets in which comments and strings are blank. */

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  path: string;
  text: string;
  /** The text without comments. */
  code: string;
  /** The text without comments and without what stands inside strings: only what the program does. */
  bare: string;
  executable: boolean;
}

export interface Finding {
  path: string;
  line: number;
  rule: string;
  message: string;
}

/** A rule sees one file and the whole tree, and says what is wrong. */
export type Rule = (file: SourceFile, tree: readonly SourceFile[]) => Finding[];

export const isScript = (path: string): boolean => /\.(ts|tsx|mjs|js)$/.test(path);
export const isTest = (path: string): boolean => /\.(test|soak|drill)\.tsx?$/.test(path) || path.startsWith('test/');
/** Rules name what they forbid, and their tests plant it. */
export const isRule = (path: string): boolean => path.startsWith('scripts/tidy');

export function sourceFile(path: string, text: string, executable = false): SourceFile {
  const { code, bare } = isScript(path) ? blank(text) : { code: text, bare: text };
  return { path, text, code, bare, executable };
}

export function findingAt(file: SourceFile, index: number, rule: string, message: string): Finding {
  return { path: file.path, line: file.text.slice(0, index).split('\n').length, rule, message };
}

/** One finding for each place where the pattern (with the g flag) occurs in a view of the file. */
export function findAll(file: SourceFile, view: string, pattern: RegExp, rule: string, message: string): Finding[] {
  return [...view.matchAll(pattern)].map((match) => {
    const lead = match[0].length - match[0].trimStart().length;
    return findingAt(file, match.index + lead, rule, message);
  });
}

/** After one of these a slash begins a regular expression; after anything else it divides or closes a tag. */
const beforeRegExp = /(?:^|[(,=:[!&|?;{+~]|=>|\breturn|\bcase|\btypeof)\s*$/;

/** Not a parser: it knows strings, templates, comments and regular expressions well enough to leave them out. */
function blank(text: string): { code: string; bare: string } {
  const code = text.split('');
  const bare = text.split('');
  const erase = (view: string[], from: number, to: number): void => {
    for (let at = from; at < to; at += 1) if (view[at] !== '\n') view[at] = ' ';
  };
  /** Depth of braces in each `${` that is open. */
  const templates: number[] = [];
  let at = 0;

  function template(from: number): number {
    const end = endOfTemplatePart(text, from);
    erase(bare, from, end);
    if (text.startsWith('${', end)) {
      templates.push(0);
      return end + 2;
    }
    return end + 1;
  }

  while (at < text.length) {
    const char = text[at];
    const depth = templates.at(-1);
    if (char === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const close = text[at + 1] === '/' ? '\n' : '*/';
      const found = text.indexOf(close, at + 2);
      const end = found < 0 ? text.length : found + (close === '\n' ? 0 : 2);
      erase(code, at, end);
      erase(bare, at, end);
      at = end;
    } else if (
      char === '"' ||
      char === "'" ||
      (char === '/' && beforeRegExp.test(text.slice(Math.max(0, at - 20), at)))
    ) {
      const end = endOnLine(text, at + 1, char);
      if (end > 0) erase(bare, at + 1, end);
      at = end > 0 ? end + 1 : at + 1;
    } else if (char === '`') {
      at = template(at + 1);
    } else if (char === '}' && depth === 0) {
      templates.pop();
      at = template(at + 1);
    } else {
      if (depth !== undefined && char === '{') templates[templates.length - 1] = depth + 1;
      if (depth !== undefined && char === '}') templates[templates.length - 1] = depth - 1;
      at += 1;
    }
  }
  return { code: code.join(''), bare: bare.join('') };
}

/** @returns the offset of the closing character on this line, or -1: an apostrophe in the text of a page opens nothing. */
function endOnLine(text: string, from: number, close: string): number {
  let inClass = false;
  for (let at = from; at < text.length && text[at] !== '\n'; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (close === '/' && char === '[') inClass = true;
    else if (close === '/' && char === ']') inClass = false;
    else if (char === close && !inClass) return at;
  }
  return -1;
}

function endOfTemplatePart(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '`' || text.startsWith('${', at)) return at;
  }
  return text.length;
}
