/** The shop's own name and words. */
import type { ShopInfo } from '../../contract/shop.ts';
import type { Database } from '../platform/db/database.ts';
import { readSettings } from '../platform/settings-store.ts';
import { type CatalogueCache, cached } from './catalogue-cache.ts';
import { hasSampleProduct } from './on-sale-store.ts';

/** Names in the `settings` table; an empty shop falls back to these words. */
export const shopSettings = { 'shop.name': 'Cardwell', 'shop.announcement': '' } as const;
export type ShopSettingName = keyof typeof shopSettings;
export const shopSettingNames = Object.keys(shopSettings) as ShopSettingName[];

export function shopInfo(
  { database, catalogueCache }: { database: Database; catalogueCache: CatalogueCache },
  { sandbox }: { sandbox: boolean },
): Promise<Omit<ShopInfo, 'recording'>> {
  return cached(catalogueCache, 'shop', async () => {
    const [settings, hasSampleData] = await Promise.all([
      readSettings(database.read, shopSettingNames),
      hasSampleProduct(database.read),
    ]);
    const value = (name: ShopSettingName) => settings.get(name) ?? shopSettings[name];
    return { name: value('shop.name'), announcement: value('shop.announcement'), sandbox, hasSampleData };
  });
}
