/**
 * A kind of channel: what its owner fills in, and how a channel is made of that. One folder in channels/, one line in
 * channels/kinds.ts. A shop may have several channels of one kind, each with its own settings.
 */
import type { TObject } from 'typebox';
import type { Clock } from '../platform/clock.ts';
import type { Localized } from '../platform/setting-fields.ts';
import type { Channel } from './channel.ts';
import type { ChannelHttp } from './channel-http.ts';

/** What an opened channel is given besides its settings. */
export interface ChannelParts {
  /** Names the channel in addresses and on record; several of one kind differ by it. */
  code: string;
  /** What buyers read; null where the kind's own name serves. */
  name: Localized | null;
  /** Where the network calls back. */
  notifyUrl: string;
  /** Where the payer's browser returns to. */
  returnUrl(outTradeNo: string): string;
  clock: Clock;
  http: ChannelHttp;
}

export interface ChannelKind {
  readonly kind: string;
  readonly names: Localized;
  /** What it is for and where its owner finds the values, in a sentence or two. */
  readonly help: Localized;
  /** Made with setting-fields.ts: the admin draws its form from it. */
  readonly settings: TObject;
  /**
   * Pure and quick, no I/O: keys are parsed, nothing is asked. `settings` has been checked against the schema, with
   * defaults filled in. Throws SettingError when a key cannot be read.
   */
  open(settings: Readonly<Record<string, unknown>>, parts: ChannelParts): Channel;
}
