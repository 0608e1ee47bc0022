/** A target's settings: checked by really opening its notifier with them, sealed, and opened again to send. */
import { checkSettings, SettingError, type Settings } from '../../platform/setting-fields.ts';
import type { Notice, Notifier, NotifierKind, NotifierParts, NotifyResult } from '../notifiers/notifier.ts';
import type { NoticeTarget } from './target-store.ts';

/** A key for this purpose alone. What is sealed for one owner does not open for another. */
export interface TargetBox {
  seal(owner: string, plain: string): Buffer;
  unseal(owner: string, sealed: Uint8Array): string;
}

export interface OpenTargetDeps {
  kinds: readonly NotifierKind[];
  parts: NotifierParts;
  box: TargetBox;
}

export const targetBoxPurpose = 'notice-target';

export function notifierKind(deps: Pick<OpenTargetDeps, 'kinds'>, kind: string): NotifierKind {
  const found = deps.kinds.find((one) => one.kind === kind);
  if (!found) throw new SettingError('kind', `there is no kind of notifier called ${kind.slice(0, 40)}`);
  return found;
}

/** The settings with defaults, after a notifier has really been opened with them. Throws SettingError. */
export function provenTarget(deps: OpenTargetDeps, kind: string, given: Settings): Settings {
  const found = notifierKind(deps, kind);
  const settings = checkSettings(found.settings, given);
  found.open(settings, deps.parts);
  return settings;
}

export const sealTarget = (deps: OpenTargetDeps, kind: string, settings: Settings): Buffer =>
  deps.box.seal(kind, JSON.stringify(settings));

export const targetSettings = (deps: OpenTargetDeps, target: Pick<NoticeTarget, 'kind' | 'sealed'>): Settings =>
  JSON.parse(deps.box.unseal(target.kind, target.sealed)) as Settings;

export function openTarget(deps: OpenTargetDeps, target: NoticeTarget): Notifier {
  const kind = notifierKind(deps, target.kind);
  return kind.open(checkSettings(kind.settings, targetSettings(deps, target)), deps.parts);
}

/** What a notifier throws is a failure like any other: of the connection, of the mail server, of the settings. */
export async function sendTo(deps: OpenTargetDeps, target: NoticeTarget, notice: Notice): Promise<NotifyResult> {
  try {
    return await openTarget(deps, target).send(notice);
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
