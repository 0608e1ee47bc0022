/** The channels that a process knows, by their codes. */
import type { Channel } from './channel.ts';

export interface ChannelRegistry {
  /** Any channel that is set up: one that takes no new payments still settles those in flight. */
  get(code: string): Channel | undefined;
  /** A channel that takes new payments. */
  payable(code: string): Channel | undefined;
  /** Codes of the others that are of the same kind and the same merchant account. */
  sharing(channel: Channel): readonly string[];
  /** Every one that is open, whether it takes new payments or not. */
  all(): readonly Channel[];
  /** Those that take new payments, best first. */
  enabled(): readonly Channel[];
}

export function channelRegistry(channels: readonly Channel[]): ChannelRegistry {
  const byCode = new Map(channels.map((channel) => [channel.code, channel]));
  const get = (code: string) => byCode.get(code);
  return {
    get,
    payable: get,
    sharing: (channel) => codesSharing(channels, channel),
    all: () => channels,
    enabled: () => channels,
  };
}

export function codesSharing(channels: readonly Channel[], { code, kind, merchant }: Channel): string[] {
  return channels.flatMap((one) =>
    one.code !== code && one.kind === kind && one.merchant === merchant ? [one.code] : [],
  );
}
