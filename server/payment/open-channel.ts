/** Settings of a channel: checked against its kind's schema, sealed, opened, and shown without their secrets. */
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import type { Clock } from '../platform/clock.ts';
import type { Channel } from './channel.ts';
import type { ChannelHttp } from './channel-http.ts';
import type { ChannelKeyring } from './channel-keyring.ts';
import type { ChannelKind } from './channel-kind.ts';
import { ChannelSettingsError } from './channel-settings.ts';
import type { ChannelRow } from './channel-store.ts';

export type ChannelSettings = Record<string, unknown>;

export interface OpenDeps {
  kinds: readonly ChannelKind[];
  baseUrl: string;
  clock: Clock;
  http: ChannelHttp;
}

export function kindNamed(kinds: readonly ChannelKind[], kind: string): ChannelKind {
  const found = kinds.find((one) => one.kind === kind);
  if (!found) throw new ChannelSettingsError('kind', `there is no kind of channel called ${kind}`);
  return found;
}

/** Fills in defaults and checks every field. Throws ChannelSettingsError, which never holds a value. */
export function checkSettings(kind: ChannelKind, given: ChannelSettings): ChannelSettings {
  const fields = kind.settings.properties as Record<string, TSchema>;
  const unknown = Object.keys(given).find((field) => !(field in fields));
  if (unknown !== undefined) throw new ChannelSettingsError(unknown, 'there is no such field');
  const settings = Value.Default(kind.settings, { ...given }) as ChannelSettings;
  for (const [field, schema] of Object.entries(fields)) {
    const missing = settings[field] === undefined;
    if (missing && !(kind.settings.required ?? []).includes(field)) continue;
    if (missing) throw new ChannelSettingsError(field, 'this field must be filled in');
    if (!Value.Check(schema, settings[field]))
      throw new ChannelSettingsError(field, 'this value does not have the right form');
  }
  return settings;
}

export function openChannel(deps: OpenDeps, row: Omit<ChannelRow, 'sealed'>, settings: ChannelSettings): Channel {
  const kind = kindNamed(deps.kinds, row.kind);
  return kind.open(checkSettings(kind, settings), {
    code: row.code,
    name:
      row.nameZh === '' && row.nameEn === '' ? null : { zh: row.nameZh || row.nameEn, en: row.nameEn || row.nameZh },
    notifyUrl: `${deps.baseUrl}/api/v1/callbacks/${row.code}`,
    // An attempt's number begins with its order's: 28 characters.
    returnUrl: (outTradeNo) => `${deps.baseUrl}/orders/${outTradeNo.slice(0, 28)}`,
    clock: deps.clock,
    http: deps.http,
  });
}

export function unsealSettings(row: ChannelRow, keyring: ChannelKeyring): ChannelSettings {
  return JSON.parse(keyring.unseal(row.code, row.sealed)) as ChannelSettings;
}

/** What may be shown: secret fields only say whether they are set. */
export function visibleSettings(
  kind: ChannelKind,
  settings: ChannelSettings,
): { settings: ChannelSettings; secretsSet: string[] } {
  const fields = kind.settings.properties as Record<string, TSchema & { secret?: boolean }>;
  const isSecret = (field: string) => fields[field]?.secret !== undefined && fields[field].secret;
  const entries = Object.entries(settings).filter(([field]) => field in fields);
  return {
    settings: Object.fromEntries(entries.filter(([field]) => !isSecret(field))),
    secretsSet: entries.filter(([field]) => isSecret(field)).map(([field]) => field),
  };
}
