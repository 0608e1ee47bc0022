/** Every kind of channel: one folder, one line. */
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { type ChannelRegistry, channelRegistry } from '../channel.ts';
import { sandboxChannel } from './sandbox/channel.ts';

export interface ChannelOptions {
  config: { environment: string; sandboxSecret: string | undefined; baseUrl: string };
  database: Database;
  clock: Clock;
}

export function openChannels({ config, database, clock }: ChannelOptions): ChannelRegistry {
  const { sandboxSecret, baseUrl } = config;
  const sandbox =
    sandboxSecret !== undefined && config.environment !== 'production'
      ? [sandboxChannel({ secret: sandboxSecret, baseUrl, database, clock })]
      : [];
  return channelRegistry([...sandbox]);
}
