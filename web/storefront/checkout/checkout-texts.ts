import { createPageTexts } from '../../ui/texts.ts';
import { zh as shopZh } from '../locales/zh.ts';
import { zh } from './locales/zh.ts';

/** With those of the shop, which are there already: the checkout uses both. */
export const { useTexts } = await createPageTexts({ ...shopZh, ...zh }, async () => {
  const [shop, checkout] = await Promise.all([import('../locales/en.ts'), import('./locales/en.ts')]);
  return { ...shop.en, ...checkout.en };
});
