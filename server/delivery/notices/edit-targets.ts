/**
 * Targets made, changed and removed: settings are checked by opening the notifier, secrets never leave, each change is in the
 * audit log, and the list of events that anybody wants is renewed with it.
 */
import type { CreateNoticeTargetBody, UpdateNoticeTargetBody } from '../../../contract/admin-notices.ts';
import { usualEvents } from '../../../contract/notices.ts';
import { type Actor, recordAudit } from '../../platform/audit-store.ts';
import { changedFields } from '../../platform/changed-fields.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { wantedEventsSetting } from '../../platform/event-store.ts';
import { mergedSettings, SettingError, type Settings, visibleSettings } from '../../platform/setting-fields.ts';
import { putSetting } from '../../platform/settings-store.ts';
import { notifierKind, type OpenTargetDeps, provenTarget, sealTarget, targetSettings } from './open-target.ts';
import {
  deleteTarget,
  insertTarget,
  type NoticeTarget,
  readTarget,
  readTargets,
  type TargetFields,
  writeTarget,
} from './target-store.ts';

export interface EditTargetDeps {
  database: Database;
  clock: Clock;
  opening: OpenTargetDeps;
}

export type TargetRefusal =
  | { kind: 'not-found' }
  | { kind: 'edit-conflict' }
  | { kind: 'too-many' }
  | { kind: 'invalid'; field: string; message: string };

export const mostTargets = 50;
/** China's, where nothing else is said. */
const usualOffset = 480;

export async function createTarget(
  deps: EditTargetDeps,
  { actor, requestId, settings: given, kind, ...body }: CreateNoticeTargetBody & Actor & { requestId: string },
): Promise<{ kind: 'created'; id: number } | TargetRefusal> {
  const settings = proven(deps, kind, given);
  if ('refusal' in settings) return settings.refusal;
  const at = deps.clock.now();
  return deps.database.transact('notices.create-target', async (tx) => {
    if ((await readTargets(tx)).length >= mostTargets) return { kind: 'too-many' };
    const fields: TargetFields = {
      kind,
      name: body.name.trim(),
      lang: body.lang ?? 'zh',
      enabled: body.enabled ?? true,
      sealed: sealTarget(deps.opening, kind, settings.settings),
      events: body.events ?? usualEvents,
      quiet: { from: body.quietFrom ?? null, to: body.quietTo ?? null, utcOffset: body.utcOffset ?? usualOffset },
    };
    const id = await insertTarget(tx, fields, requestId, at);
    await renewWanted(tx, at);
    const after = auditView(deps, fields, settings.settings);
    await recordAudit(tx, {
      at,
      actor,
      requestId,
      action: 'notice-target.create',
      subject: `notice-target:${id}`,
      after,
    });
    return { kind: 'created', id };
  });
}

export async function updateTarget(
  deps: EditTargetDeps,
  { id, version, actor, requestId, settings: given = {}, ...body }: UpdateNoticeTargetBody & Actor & { id: number },
): Promise<{ kind: 'changed' } | TargetRefusal> {
  const at = deps.clock.now();
  return deps.database.transact('notices.update-target', async (tx) => {
    const before = await readTarget(tx, id);
    if (!before) return { kind: 'not-found' };
    if (before.version !== version) return { kind: 'edit-conflict' };
    const old = targetSettings(deps.opening, before);
    const settings = proven(deps, before.kind, mergedSettings(old, given));
    if ('refusal' in settings) return settings.refusal;
    const fields: TargetFields = {
      ...changed(before, body),
      sealed: sealTarget(deps.opening, before.kind, settings.settings),
    };
    if (!(await writeTarget(tx, { id, version }, fields, at))) return { kind: 'edit-conflict' };
    await renewWanted(tx, at);
    const seen = changedFields(auditView(deps, before, old), auditView(deps, fields, settings.settings));
    const settingsChanged = Object.keys(given).filter((field) => given[field] !== old[field]);
    const after = { ...seen.after, settingsChanged };
    const subject = `notice-target:${id}`;
    await recordAudit(tx, {
      at,
      actor,
      requestId,
      action: 'notice-target.update',
      subject,
      before: seen.before,
      after,
    });
    return { kind: 'changed' };
  });
}

export async function removeTarget(
  deps: Pick<EditTargetDeps, 'database' | 'clock'>,
  { id, version, actor, requestId }: { id: number; version: number } & Actor,
): Promise<{ kind: 'deleted' } | TargetRefusal> {
  const at = deps.clock.now();
  return deps.database.transact('notices.delete-target', async (tx) => {
    const target = await readTarget(tx, id);
    if (!target) return { kind: 'not-found' };
    if (!(await deleteTarget(tx, { id, version }))) return { kind: 'edit-conflict' };
    await renewWanted(tx, at);
    const before = { kind: target.kind, name: target.name, events: target.events };
    const subject = `notice-target:${id}`;
    await recordAudit(tx, { at, actor, requestId, action: 'notice-target.delete', subject, before });
    return { kind: 'deleted' };
  });
}

function changed(before: NoticeTarget, body: Omit<UpdateNoticeTargetBody, 'version' | 'settings'>): TargetFields {
  const { quiet } = before;
  return {
    ...before,
    name: body.name?.trim() ?? before.name,
    lang: body.lang ?? before.lang,
    enabled: body.enabled ?? before.enabled,
    events: body.events ?? before.events,
    quiet: {
      from: body.quietFrom === undefined ? quiet.from : body.quietFrom,
      to: body.quietTo === undefined ? quiet.to : body.quietTo,
      utcOffset: body.utcOffset ?? quiet.utcOffset,
    },
  };
}

function proven(
  deps: EditTargetDeps,
  kind: string,
  given: Settings,
): { settings: Settings } | { refusal: Extract<TargetRefusal, { kind: 'invalid' }> } {
  try {
    return { settings: provenTarget(deps.opening, kind, given) };
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    return { refusal: { kind: 'invalid', field: error.field, message: error.message } };
  }
}

async function renewWanted(tx: Tx, at: number): Promise<void> {
  const targets = (await readTargets(tx)).filter((target) => target.enabled);
  const wanted = [...new Set(targets.flatMap((target) => target.events))].sort();
  await putSetting(tx, wantedEventsSetting, JSON.stringify(wanted), at);
}

/** Names and plain settings, and of the secrets only which have a value. */
function auditView(deps: EditTargetDeps, fields: TargetFields, settings: Settings) {
  const { kind, name, lang, enabled, events, quiet } = fields;
  const shown = visibleSettings(notifierKind(deps.opening, kind).settings, settings);
  return { kind, name, lang, enabled, events: [...events], quiet, ...shown };
}
