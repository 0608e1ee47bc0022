/** Pure: an order and a link -> the mail to its buyer, as text and as HTML. */
import type { Language } from '../../contract/common.ts';
import { type MailTemplate, mailTexts } from './mail-texts.ts';

/** What a mail says of an order. It has no field for a card, so none can get in. */
export interface MailedOrder {
  id: string;
  contact: string;
  lang: string;
  currency: string;
  totalMinor: number;
  lines: readonly { productName: string; skuName: string; quantity: number }[];
}

export interface MailContent {
  subject: string;
  text: string;
  html: string;
}

export function orderMail(
  template: MailTemplate,
  order: MailedOrder,
  shop: { name: string; orderUrl: string },
): MailContent {
  const lang: Language = order.lang === 'en' ? 'en' : 'zh';
  const texts = mailTexts[lang];
  const lines = order.lines.map((line) =>
    [line.productName, line.skuName, `× ${line.quantity}`].filter(Boolean).join(' '),
  );
  const total = money(order.totalMinor, order.currency, lang);
  const facts = [...lines, `${texts.total}: ${total}`, `${texts.order}: ${order.id}`];
  return {
    subject: oneLine(texts.subject[template](shop.name, order.id)),
    text: [texts.opening[template], shop.orderUrl, facts.join('\n'), texts.keep, texts.notYou, shop.name].join('\n\n'),
    html: page(lang, [
      `<h1 style="font-size:18px;margin:0 0 16px">${escaped(shop.name)}</h1>`,
      `<p>${escaped(texts.opening[template])}</p>`,
      `<p style="margin:24px 0"><a href="${escaped(shop.orderUrl)}" style="${button}">${escaped(texts.button[template])}</a></p>`,
      `<p>${facts.map(escaped).join('<br>')}</p>`,
      `<p style="color:#666;font-size:13px">${escaped(texts.keep)}<br>${escaped(texts.notYou)}</p>`,
    ]),
  };
}

const button =
  'background:#1c7ed6;color:#fff;text-decoration:none;padding:12px 24px;border-radius:8px;display:inline-block';

function page(lang: Language, parts: readonly string[]): string {
  const body = 'font-family:system-ui,-apple-system,"PingFang SC","Microsoft YaHei",sans-serif;line-height:1.6';
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"></head><body style='${body};color:#222;max-width:560px;margin:0 auto;padding:24px'>${parts.join('')}</body></html>`;
}

function money(minor: number, currency: string, lang: Language): string {
  try {
    const format = new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en', { style: 'currency', currency });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(minor / 10 ** digits);
  } catch {
    // A token of four or five letters (USDT) is no ISO currency; the shop counts it in hundredths.
    return `${(minor / 100).toFixed(2)} ${currency}`;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] as string);
}

/** A line break in a subject would begin a header of somebody else's choosing. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
