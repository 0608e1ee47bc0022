import { createPageTexts } from '../../ui/texts.ts';
import { zh as checkoutZh } from '../checkout/locales/zh.ts';
import { zh as shopZh } from '../locales/zh.ts';
import { zh } from './locales/zh.ts';

/** With those of the shop, which are there already, and of the checkout: pages of an order use all. */
export const { useTexts } = await createPageTexts({ ...shopZh, ...checkoutZh, ...zh }, async () => {
  const [shop, checkout, order] = await Promise.all([
    import('../locales/en.ts'),
    import('../checkout/locales/en.ts'),
    import('./locales/en.ts'),
  ]);
  return { ...shop.en, ...checkout.en, ...order.en };
});
