/** Pure: the one mail to a buyer who waited. */
import type { Language } from '../../../contract/common.ts';
import { escaped, mailButton, mailPage, oneLine } from '../mail-page.ts';

export interface RestockFacts {
  lang: Language;
  shop: string;
  product: string;
  productUrl: string;
  stopUrl: string;
}

const texts = {
  zh: {
    subject: (shop: string, product: string) => `【${shop}】${product} 到货了`,
    opening: (product: string) => `您等待的“${product}”现在有货了，数量有限，先到先得。`,
    button: '去购买',
    once: '这是您要求的一次性到货通知，不会再次发送。',
    stop: '取消我的全部到货通知',
  },
  en: {
    subject: (shop: string, product: string) => `${shop}: ${product} is back`,
    opening: (product: string) => `“${product}” is for sale again. First come, first served.`,
    button: 'Buy it now',
    once: 'You asked to be told once, and this was it.',
    stop: 'Tell me of nothing else',
  },
} as const;

export function restockMail({ lang, shop, product, productUrl, stopUrl }: RestockFacts) {
  const t = texts[lang];
  return {
    subject: oneLine(t.subject(shop, product)),
    text: [t.opening(product), productUrl, t.once, `${t.stop}: ${stopUrl}`, shop].join('\n\n'),
    html: mailPage(lang, [
      `<h1 style="font-size:18px;margin:0 0 16px">${escaped(shop)}</h1>`,
      `<p>${escaped(t.opening(product))}</p>`,
      `<p style="margin:24px 0"><a href="${escaped(productUrl)}" style="${mailButton}">${escaped(t.button)}</a></p>`,
      `<p style="color:#666;font-size:13px">${escaped(t.once)} <a href="${escaped(stopUrl)}">${escaped(t.stop)}</a></p>`,
    ]),
    unsubscribeUrl: stopUrl,
  };
}
