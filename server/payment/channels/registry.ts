/** The channels of this shop: the sandbox, which the environment makes, and those that the owner has set up. */
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Nudges } from '../../platform/nudges.ts';
import type { Log } from '../../platform/observe/log.ts';
import { type ChannelBook, createChannelBook } from '../channel-book.ts';
import { channelHttp } from '../channel-http.ts';
import type { ChannelKeyring } from '../channel-keyring.ts';
import { openChannel, unsealSettings } from '../open-channel.ts';
import { channelKinds } from './kinds.ts';
import { sandboxChannel } from './sandbox/channel.ts';

export interface ChannelOptions {
  config: { environment: string; sandboxSecret: string | undefined; baseUrl: string };
  database: Database;
  clock: Clock;
  nudges: Nudges;
  log: Log;
  keyring: ChannelKeyring | undefined;
}

export function openChannels({ config, database, clock, nudges, log, keyring }: ChannelOptions): ChannelBook {
  const { sandboxSecret, baseUrl } = config;
  const sandbox =
    sandboxSecret !== undefined && config.environment !== 'production'
      ? [sandboxChannel({ secret: sandboxSecret, baseUrl, database, clock })]
      : [];
  const deps = { kinds: channelKinds, baseUrl, clock, http: channelHttp };
  return createChannelBook({
    database,
    clock,
    nudges,
    log,
    keyring,
    fixed: sandbox,
    open: (row, keys) => openChannel(deps, row, unsealSettings(row, keys)),
  });
}
