/** Pure: an order and a link -> the mail to its buyer, as text and as HTML. */
import type { Language } from '../../contract/common.ts';
import { escaped, mailButton, mailPage, oneLine } from './mail-page.ts';
import { type MailTemplate, mailTexts } from './mail-texts.ts';
import { moneyText } from './money-text.ts';

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
  const total = moneyText(order.totalMinor, order.currency, lang);
  const facts = [...lines, `${texts.total}: ${total}`, `${texts.order}: ${order.id}`];
  return {
    subject: oneLine(texts.subject[template](shop.name, order.id)),
    text: [texts.opening[template], shop.orderUrl, facts.join('\n'), texts.keep, texts.notYou, shop.name].join('\n\n'),
    html: mailPage(lang, [
      `<h1 style="font-size:18px;margin:0 0 16px">${escaped(shop.name)}</h1>`,
      `<p>${escaped(texts.opening[template])}</p>`,
      `<p style="margin:24px 0"><a href="${escaped(shop.orderUrl)}" style="${mailButton}">${escaped(texts.button[template])}</a></p>`,
      `<p>${facts.map(escaped).join('<br>')}</p>`,
      `<p style="color:#666;font-size:13px">${escaped(texts.keep)}<br>${escaped(texts.notYou)}</p>`,
    ]),
  };
}
