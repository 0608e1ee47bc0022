/** A notice as plain text that fits a service's limit: the title and the way to the page always, and as many lines as go in. */
import type { Notice } from './notifier.ts';

const bytes = (text: string): number => Buffer.byteLength(text);

/** @param maxBytes of UTF-8, counted for the whole text */
export function plainText(notice: Notice, maxBytes: number): string {
  const title = cut(`【${notice.shop}】${notice.title}`, Math.floor(maxBytes / 4));
  return [title, fittingLines(notice, maxBytes - bytes(title) - bytes(notice.url) - 4), notice.url]
    .filter(Boolean)
    .join('\n');
}

/** The lines alone, for services that take the title apart. */
export function fittingLines({ lines, lang }: Pick<Notice, 'lines' | 'lang'>, maxBytes: number): string {
  const more = (count: number) => (lang === 'zh' ? `…还有 ${count} 条` : `… and ${count} more`);
  const room = maxBytes - bytes(more(lines.length)) - 1;
  const kept: string[] = [];
  let used = 0;
  for (const line of lines) {
    const shown = cut(line, Math.max(0, Math.min(300, room)));
    if (used + bytes(shown) + 1 > room) break;
    kept.push(shown);
    used += bytes(shown) + 1;
  }
  if (kept.length < lines.length) kept.push(more(lines.length - kept.length));
  return kept.join('\n');
}

/** To so many bytes, never through the middle of a character. */
function cut(text: string, maxBytes: number): string {
  if (bytes(text) <= maxBytes) return text;
  let kept = '';
  for (const char of text) {
    if (bytes(kept) + bytes(char) + 3 > maxBytes) break;
    kept += char;
  }
  return `${kept}…`;
}
