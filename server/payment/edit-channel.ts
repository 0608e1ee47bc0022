/** What creating and changing a channel have in common: settings are checked by opening the channel, secrets never leave. */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Nudges } from '../platform/nudges.ts';
import type { ChannelKeyring } from './channel-keyring.ts';
import { ChannelSettingsError } from './channel-settings.ts';
import type { ChannelRow } from './channel-store.ts';
import {
  type ChannelSettings,
  checkSettings,
  kindNamed,
  type OpenDeps,
  openChannel,
  visibleSettings,
} from './open-channel.ts';

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
  given: ChannelSettings,
): { settings: ChannelSettings } | Extract<ChannelRefusal, { kind: 'invalid' }> {
  try {
    const settings = checkSettings(kindNamed(deps.opening.kinds, row.kind), given);
    openChannel(deps.opening, { ...row, version: 0, createdAt: 0, updatedAt: 0 }, settings);
    return { settings };
  } catch (error) {
    if (!(error instanceof ChannelSettingsError)) throw error;
    return { kind: 'invalid', field: error.field, message: error.message };
  }
}

/** For the audit log: names and plain settings, and of the secrets only which have a value. */
export function auditView(deps: Pick<EditChannelDeps, 'opening'>, row: Plain, settings: ChannelSettings) {
  const { code, kind, nameZh, nameEn, enabled, priority, feeBasisPoints } = row;
  const shown = visibleSettings(kindNamed(deps.opening.kinds, kind), settings);
  return { code, kind, nameZh, nameEn, enabled, priority, feeBasisPoints, ...shown };
}
