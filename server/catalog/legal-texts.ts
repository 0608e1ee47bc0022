/** What the shop's buyers agree to: three texts, each in both languages and with a version of its own. */
import { type LegalKind, type LegalText, legalKinds, type ShownLegalText } from '../../contract/appearance.ts';
import type { Language } from '../../contract/common.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { changedFields } from '../platform/changed-fields.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import { putSettingAt, readVersionedSetting } from '../platform/settings-store.ts';
import { catalogueChanged, type EditDeps } from './edit-deps.ts';

const settingOf = (kind: LegalKind) => `legal.${kind}`;

export async function readLegalText(db: Db | Tx, kind: LegalKind): Promise<LegalText> {
  const row = await readVersionedSetting(db, settingOf(kind));
  const { zh, en } = textsOf(row?.value);
  return { kind, zh, en, version: row?.version ?? 0, updatedAt: row?.updatedAt ?? null };
}

function textsOf(json: string | undefined): { zh: string; en: string } {
  try {
    const { zh, en } = JSON.parse(json ?? '{}') as Record<string, unknown>;
    return { zh: typeof zh === 'string' ? zh : '', en: typeof en === 'string' ? en : '' };
  } catch {
    return { zh: '', en: '' };
  }
}

export function readLegalTexts(db: Db | Tx): Promise<LegalText[]> {
  return Promise.all(legalKinds.map((kind) => readLegalText(db, kind)));
}

/** Those that say something in some language. */
export async function legalTextsOfShop(db: Db): Promise<LegalKind[]> {
  const texts = await readLegalTexts(db);
  return texts.filter(({ zh, en }) => zh.trim() !== '' || en.trim() !== '').map(({ kind }) => kind);
}

/** In the language asked for, or in the other when that is the only one. Undefined: the shop has no such text. */
export function shownLegalText(
  { kind, zh, en, updatedAt }: LegalText,
  lang: Language | undefined,
): ShownLegalText | undefined {
  const text = lang === 'en' ? en.trim() || zh : zh.trim() || en;
  return text.trim() === '' ? undefined : { kind, text, updatedAt: updatedAt ?? 0 };
}

export async function updateLegalText(
  deps: EditDeps,
  { kind, version, zh, en, actor, requestId }: { kind: LegalKind; version: number; zh: string; en: string } & Actor,
): Promise<{ kind: 'changed'; text: LegalText } | { kind: 'edit-conflict' }> {
  const text = await deps.database.transact('catalog.update-legal-text', async (tx) => {
    const at = deps.clock.now();
    const before = await readLegalText(tx, kind);
    const setting = { name: settingOf(kind), value: JSON.stringify({ zh, en }), version };
    if (!(await putSettingAt(tx, setting, at))) return undefined;
    const changed = changedFields({ zh: before.zh, en: before.en }, { zh, en });
    await recordAudit(tx, {
      at,
      actor,
      requestId,
      action: 'legal.update',
      subject: `settings:legal-${kind}`,
      ...changed,
    });
    return readLegalText(tx, kind);
  });
  if (!text) return { kind: 'edit-conflict' };
  catalogueChanged(deps);
  return { kind: 'changed', text };
}
