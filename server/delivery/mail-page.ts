/** What every mail is made of: an HTML page around its parts, text that cannot become markup, a subject that stays one line. */
import type { Language } from '../../contract/common.ts';

/** How the one button of a mail looks. */
export const mailButton =
  'background:#1c7ed6;color:#fff;text-decoration:none;padding:12px 24px;border-radius:8px;display:inline-block';

export function mailPage(lang: Language, parts: readonly string[]): string {
  const body = 'font-family:system-ui,-apple-system,"PingFang SC","Microsoft YaHei",sans-serif;line-height:1.6';
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"></head><body style='${body};color:#222;max-width:560px;margin:0 auto;padding:24px'>${parts.join('')}</body></html>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] as string);
}

/** A line break in a subject would begin a header of somebody else's choosing. */
export function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
