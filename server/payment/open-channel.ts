/** Settings of a channel: opened and unsealed. */
import type { Clock } from '../platform/clock.ts';
import { checkSettings, SettingError, type Settings } from '../platform/setting-fields.ts';
import type { Channel } from './channel.ts';
import type { ChannelHttp } from './channel-http.ts';
import type { ChannelKeyring } from './channel-keyring.ts';
import type { ChannelKind } from './channel-kind.ts';
import type { ChannelRow } from './channel-store.ts';

export interface OpenDeps {
  kinds: readonly ChannelKind[];
  baseUrl: string;
  clock: Clock;
  http: ChannelHttp;
}

export function kindNamed(kinds: readonly ChannelKind[], kind: string): ChannelKind {
  const found = kinds.find((one) => one.kind === kind);
  if (!found) throw new SettingError('kind', `there is no kind of channel called ${kind}`);
  return found;
}

export function openChannel(deps: OpenDeps, row: Omit<ChannelRow, 'sealed'>, settings: Settings): Channel {
  const kind = kindNamed(deps.kinds, row.kind);
  return kind.open(checkSettings(kind.settings, settings), {
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

export function unsealSettings(row: ChannelRow, keyring: ChannelKeyring): Settings {
  return JSON.parse(keyring.unseal(row.code, row.sealed)) as Settings;
}
