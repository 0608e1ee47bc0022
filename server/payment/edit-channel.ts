/** What creating and changing a channel have in common: settings are checked by opening the channel, secrets never leave. */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Nudges } from '../platform/nudges.ts';
import { checkSettings, SettingError, type Settings, visibleSettings } from '../platform/setting-fields.ts';
import type { ChannelKeyring } from './channel-keyring.ts';
import type { ChannelRow } from './channel-store.ts';
import { kindNamed, type OpenDeps, openChannel } from './open-channel.ts';

export interface EditChannelDeps {
  database: Database;
  clock: Clock;
  nudges: Nudges;
  keyring: ChannelKeyring;
  opening: OpenDeps;
}

export type ChannelRefusal =
  | { kind: 'not-found' }
  | { kind: 'edit-conflict' }
  | { kind: 'code-taken' }
  | { kind: 'in-use' }
  | { kind: 'invalid'; field: string; message: string };

type Plain = Omit<ChannelRow, 'sealed' | 'version' | 'createdAt' | 'updatedAt'>;

/** The settings with defaults, after a channel has really been opened with them. */
export function provenSettings(
  deps: Pick<EditChannelDeps, 'opening'>,
  row: Plain,
  given: Settings,
): { settings: Settings } | Extract<ChannelRefusal, { kind: 'invalid' }> {
  try {
    const settings = checkSettings(kindNamed(deps.opening.kinds, row.kind).settings, given);
    openChannel(deps.opening, { ...row, version: 0, createdAt: 0, updatedAt: 0 }, settings);
    return { settings };
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    return { kind: 'invalid', field: error.field, message: error.message };
  }
}

/** For the audit log: names and plain settings, and of the secrets only which have a value. */
export function auditView(deps: Pick<EditChannelDeps, 'opening'>, row: Plain, settings: Settings) {
  const { code, kind, nameZh, nameEn, enabled, priority, feeBasisPoints } = row;
  const shown = visibleSettings(kindNamed(deps.opening.kinds, kind).settings, settings);
  return { code, kind, nameZh, nameEn, enabled, priority, feeBasisPoints, ...shown };
}
