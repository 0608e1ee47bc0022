/** The shop's own name, look and words. */
import type { ShopInfo } from '../../contract/shop-info.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { LaggingReads } from '../platform/db/lagging-reads.ts';
import { readSetting, readSettings } from '../platform/settings-store.ts';
import { announcedNow, type KeptAppearance, readKeptAppearance, shownAppearance } from './appearance.ts';
import { type CatalogueCache, cached } from './catalogue-cache.ts';
import { legalTextsOfShop } from './legal-texts.ts';
import { hasSampleProduct } from './on-sale-store.ts';

/** Names in the `settings` table; an empty shop falls back to these words. */
export const shopSettings = { 'shop.name': 'Cardwell', 'shop.announcement': '' } as const;
export type ShopSettingName = keyof typeof shopSettings;
export const shopSettingNames = Object.keys(shopSettings) as ShopSettingName[];
export const appearanceSetting = 'shop.appearance';

export interface ShopInfoDeps {
  catalogueReads: LaggingReads;
  catalogueCache: CatalogueCache;
}

export async function readNameAndNews(db: Db | Tx): Promise<{ name: string; announcement: string }> {
  const found = await readSettings(db, shopSettingNames);
  const value = (name: ShopSettingName) => found.get(name) ?? shopSettings[name];
  return { name: value('shop.name'), announcement: value('shop.announcement') };
}

/** For mails and messages. */
export async function readShopName(db: Db): Promise<string> {
  return (await readSetting(db, 'shop.name')) || shopSettings['shop.name'];
}

export async function shopInfo(
  { catalogueReads, catalogueCache }: ShopInfoDeps,
  { sandbox, nowMs }: { sandbox: boolean; nowMs: number },
): Promise<Omit<ShopInfo, 'recording'>> {
  const kept = await cached(catalogueCache, 'shop with look', async () => {
    const db = catalogueReads.db();
    const [words, appearance, legal, hasSampleData] = await Promise.all([
      readNameAndNews(db),
      cachedAppearance({ catalogueReads, catalogueCache }),
      legalTextsOfShop(db),
      hasSampleProduct(db),
    ]);
    return { ...words, appearance, legal, hasSampleData };
  });
  // The window of an announcement opens and closes by the clock, whatever is cached.
  const announced = announcedNow(kept.announcement, kept.appearance.announcement, nowMs);
  return {
    name: kept.name,
    announcement: announced.zh,
    sandbox,
    hasSampleData: kept.hasSampleData,
    look: shownAppearance(kept.appearance, { announcementEn: announced.en, legal: kept.legal }),
  };
}

/** Also what the shop's style sheet and its icon are made of. */
export function cachedAppearance({ catalogueReads, catalogueCache }: ShopInfoDeps): Promise<KeptAppearance> {
  return cached(catalogueCache, 'appearance', async () =>
    readKeptAppearance(await readSetting(catalogueReads.db(), appearanceSetting)),
  );
}
