/** Words of the mails to buyers, in both languages. No card ever stands in a mail: it leads to the order page (INV-9). */
import type { Language } from '../../contract/common.ts';

export const mailTemplates = ['delivered', 'paid', 'link', 'replaced'] as const;
export type MailTemplate = (typeof mailTemplates)[number];

export interface MailTexts {
  subject: Record<MailTemplate, (shop: string, orderNo: string) => string>;
  opening: Record<MailTemplate, string>;
  button: Record<MailTemplate, string>;
  order: string;
  total: string;
  keep: string;
  notYou: string;
}

export const mailTexts: Record<Language, MailTexts> = {
  zh: {
    subject: {
      delivered: (shop, no) => `【${shop}】订单 ${no} 已发货`,
      paid: (shop, no) => `【${shop}】订单 ${no} 已付款，等待发货`,
      link: (shop, no) => `【${shop}】订单 ${no} 的查看链接`,
      replaced: (shop, no) => `【${shop}】订单 ${no} 的卡密已更换`,
    },
    opening: {
      delivered: '您购买的商品已发货，请打开订单页面查看卡密。',
      paid: '我们已收到您的付款，商品由人工发货，完成后会再次通知您。',
      link: '这是您的订单页面链接。',
      replaced: '您订单中有问题的卡密已更换为新的，请打开订单页面查看。',
    },
    button: { delivered: '查看卡密', paid: '查看订单', link: '查看订单', replaced: '查看新卡密' },
    order: '订单号',
    total: '实付金额',
    keep: '任何人凭此链接都可以查看订单，请勿转发。链接 90 天内有效，之后可用联系方式和查询密码查找订单。',
    notYou: '如果您没有下过此订单，请忽略本邮件。',
  },
  en: {
    subject: {
      delivered: (shop, no) => `${shop}: order ${no} is ready`,
      paid: (shop, no) => `${shop}: order ${no} is paid and on its way`,
      link: (shop, no) => `${shop}: the link to order ${no}`,
      replaced: (shop, no) => `${shop}: a new card for order ${no}`,
    },
    opening: {
      delivered: 'What you bought is ready. Open your order to see it.',
      paid: 'Your payment has arrived. Part of this order is delivered by hand; we will write again when it is done.',
      link: 'This is the link to your order.',
      replaced: 'A card of your order that was bad has been replaced. Open your order to see the new one.',
    },
    button: { delivered: 'Show my cards', paid: 'Open my order', link: 'Open my order', replaced: 'Show my new card' },
    order: 'Order',
    total: 'Total',
    keep: 'Whoever has this link can open the order, so please do not pass it on. It works for 90 days; after that, find the order with your contact and look-up password.',
    notYou: 'If you did not place this order, please ignore this mail.',
  },
};
