import type { Appearance, UpdateAppearanceBody } from '../../contract/appearance.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { changedFields } from '../platform/changed-fields.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import { putSetting, putSettingAt, readVersionedSetting } from '../platform/settings-store.ts';
import { type KeptAppearance, readKeptAppearance } from './appearance.ts';
import { appearanceFaults } from './appearance-rules.ts';
import { catalogueChanged, type EditDeps, type Refusal } from './edit-deps.ts';
import { pictureView } from './picture.ts';
import { readPictures, touchPictures } from './picture-store.ts';
import { appearanceSetting, readNameAndNews } from './shop-info.ts';

export type UpdateAppearanceOutcome =
  | { kind: 'changed'; appearance: Appearance }
  | Extract<Refusal, { kind: 'edit-conflict' | 'picture-not-found' | 'invalid' }>;

export async function readAppearance(db: Db | Tx): Promise<Appearance> {
  const [{ name, announcement }, row] = await Promise.all([
    readNameAndNews(db),
    readVersionedSetting(db, appearanceSetting),
  ]);
  const { nameEn, logo, favicon, ...kept } = readKeptAppearance(row?.value);
  return {
    ...kept,
    version: row?.version ?? 0,
    name: { zh: name, en: nameEn },
    announcement: { ...kept.announcement, zh: announcement },
    logo: logo && pictureView(logo),
    favicon: favicon && pictureView(favicon),
  };
}

export async function updateAppearance(
  deps: EditDeps,
  { actor, requestId, ...body }: UpdateAppearanceBody & Actor,
): Promise<UpdateAppearanceOutcome> {
  const faults = appearanceFaults(body);
  if (faults.length > 0) return { kind: 'invalid', faults };
  const outcome = await deps.database.transact('catalog.update-appearance', (tx) =>
    change(tx, body, { at: deps.clock.now(), actor, requestId }),
  );
  if (outcome.kind === 'changed') catalogueChanged(deps);
  return outcome;
}

async function change(
  tx: Tx,
  { version, logoId, faviconId, name, announcement, ...fields }: UpdateAppearanceBody,
  by: Actor & { at: number },
): Promise<UpdateAppearanceOutcome> {
  const before = await readAppearance(tx);
  const wanted = [logoId, faviconId].filter((id) => id !== null);
  const pictures = await readPictures(tx, wanted);
  if (!(await touchPictures(tx, wanted, by.at))) return { kind: 'picture-not-found' };
  const { zh: news, ...announced } = announcement;
  const kept: KeptAppearance = {
    ...fields,
    nameEn: name.en.trim(),
    announcement: announced,
    logo: (logoId && pictures.get(logoId)) || null,
    favicon: (faviconId && pictures.get(faviconId)) || null,
  };
  if (!(await putSettingAt(tx, { name: appearanceSetting, value: JSON.stringify(kept), version }, by.at)))
    return { kind: 'edit-conflict' };
  // A day begins for those that are not shown any more.
  await touchPictures(
    tx,
    [before.logo?.id, before.favicon?.id].filter((id) => id !== undefined),
    by.at,
  );
  await putSetting(tx, 'shop.name', name.zh.trim(), by.at);
  await putSetting(tx, 'shop.announcement', news, by.at);
  const appearance = await readAppearance(tx);
  const { version: _, ...after } = appearance;
  const changed = changedFields({ ...before, version: undefined }, { ...after, version: undefined });
  await recordAudit(tx, { ...by, action: 'appearance.update', subject: 'settings:appearance', ...changed });
  return { kind: 'changed', appearance };
}
