/** The shop's own name and words. */
import type { ShopInfo } from '../../contract/shop.ts';
import type { Db } from '../platform/db/database.ts';
import type { LaggingReads } from '../platform/db/lagging-reads.ts';
import { readSetting, readSettings } from '../platform/settings-store.ts';
import { type CatalogueCache, cached } from './catalogue-cache.ts';
import { hasSampleProduct } from './on-sale-store.ts';

/** Names in the `settings` table; an empty shop falls back to these words. */
export const shopSettings = { 'shop.name': 'Cardwell', 'shop.announcement': '' } as const;
export type ShopSettingName = keyof typeof shopSettings;
export const shopSettingNames = Object.keys(shopSettings) as ShopSettingName[];

/** For mails and messages. */
export async function readShopName(db: Db): Promise<string> {
  return (await readSetting(db, 'shop.name')) || shopSettings['shop.name'];
}

export function shopInfo(
  { catalogueReads, catalogueCache }: { catalogueReads: LaggingReads; catalogueCache: CatalogueCache },
  { sandbox }: { sandbox: boolean },
): Promise<Omit<ShopInfo, 'recording'>> {
  return cached(catalogueCache, 'shop', async () => {
    const db = catalogueReads.db();
    const [settings, hasSampleData] = await Promise.all([readSettings(db, shopSettingNames), hasSampleProduct(db)]);
    const value = (name: ShopSettingName) => settings.get(name) ?? shopSettings[name];
    return { name: value('shop.name'), announcement: value('shop.announcement'), sandbox, hasSampleData };
  });
}
