import type { Language } from '../../../contract/common.ts';
import type { ShopInfo } from '../../../contract/shop-info.ts';

/** A text of the shop in the buyer's language, or in the one there is. */
export function inLanguage({ zh, en }: { zh: string; en: string }, language: Language): string {
  return language === 'en' ? en || zh : zh || en;
}

export function shopName(shop: ShopInfo | undefined, language: Language): string {
  return shop ? inLanguage({ zh: shop.name, en: shop.look?.nameEn ?? '' }, language) : 'Cardwell';
}
