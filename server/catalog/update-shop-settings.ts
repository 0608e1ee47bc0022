import type { ShopSettings, UpdateShopSettingsBody } from '../../contract/admin.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { changedFields } from '../platform/changed-fields.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import { putSetting, readSetting, readSettings } from '../platform/settings-store.ts';
import { catalogueChanged, type EditDeps } from './edit-deps.ts';
import { appearanceSetting, shopSettingNames, shopSettings } from './shop-info.ts';

/** Read by server/payment/second-person.ts; empty: one person is enough. */
export const secondPersonSetting = 'review.secondPersonMinor';

export async function readShopSettings(db: Db | Tx): Promise<ShopSettings> {
  const found = await readSettings(db, [...shopSettingNames, secondPersonSetting]);
  const secondPerson = found.get(secondPersonSetting);
  return {
    name: found.get('shop.name') ?? shopSettings['shop.name'],
    announcement: found.get('shop.announcement') ?? shopSettings['shop.announcement'],
    secondPersonMinor: secondPerson ? Number(secondPerson) : null,
  };
}

/** The last one to write wins: there are two short texts, and the audit log keeps what was there. */
export async function updateShopSettings(
  deps: EditDeps,
  { actor, requestId, ...changes }: UpdateShopSettingsBody & Actor,
): Promise<ShopSettings> {
  const { database, clock } = deps;
  const settings = await database.transact('catalog.update-settings', async (tx) => {
    const at = clock.now();
    const before = await readShopSettings(tx);
    const after = { ...before, ...changes };
    if (changes.name !== undefined) await putSetting(tx, 'shop.name', changes.name, at);
    if (changes.announcement !== undefined) await putSetting(tx, 'shop.announcement', changes.announcement, at);
    // Whoever has the form of the appearance open has both texts in it, and must be told.
    if (changes.name !== undefined || changes.announcement !== undefined)
      await putSetting(tx, appearanceSetting, (await readSetting(tx, appearanceSetting)) ?? '{}', at);
    if (changes.secondPersonMinor !== undefined)
      await putSetting(tx, secondPersonSetting, String(changes.secondPersonMinor ?? ''), at);
    const audit = { at, actor, requestId, action: 'settings.update' as const, subject: 'settings:shop' };
    await recordAudit(tx, { ...audit, ...changedFields(before, after) });
    return after;
  });
  catalogueChanged(deps);
  return settings;
}
