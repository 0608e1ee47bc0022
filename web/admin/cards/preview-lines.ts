/** The first lines of what is about to be imported, split as the server will split them. */

export interface PreviewLine {
  line: number;
  number: string | null;
  secret: string;
}

export const previewCount = 10;
/** Enough for ten of the longest lines. */
const headBytes = 64 * 1024;

export async function previewLines(cards: Blob, separator: string): Promise<PreviewLine[]> {
  const head = await cards.slice(0, headBytes).text();
  return splitLines(head, separator).slice(0, previewCount);
}

export function splitLines(text: string, separator: string): PreviewLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((whole, i): PreviewLine[] => {
      if (whole.trim() === '') return [];
      const at = separator === '' ? -1 : whole.indexOf(separator);
      if (at < 0) return [{ line: i + 1, number: null, secret: whole.trim() }];
      const secret = whole.slice(at + separator.length).trim();
      return [{ line: i + 1, number: whole.slice(0, at).trim(), secret }];
    });
}

/** Lines of a large file, counted as it streams by, without holding it. */
export async function countLines(cards: Blob, signal: AbortSignal): Promise<number> {
  let lines = 0;
  let last = 10;
  const reader = cards.stream().getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done || signal.aborted) break;
    for (const byte of value) if (byte === 10) lines++;
    last = value.at(-1) ?? last;
  }
  if (signal.aborted) await reader.cancel();
  return last === 10 ? lines : lines + 1;
}
