/** The channels of this shop: the sandbox, which the environment makes, and those that the owner has set up. */
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Nudges } from '../../platform/nudges.ts';
import type { Log } from '../../platform/observe/log.ts';
import type { Metrics } from '../../platform/observe/metrics.ts';
import { blockChannel } from '../block-channel.ts';
import { type ChannelBook, createChannelBook } from '../channel-book.ts';
import { createHealthWatch, watchChannel } from '../channel-health.ts';
import { channelHttp } from '../channel-http.ts';
import type { ChannelKeyring } from '../channel-keyring.ts';
import { type OpenDeps, openChannel, unsealSettings } from '../open-channel.ts';
import { channelKinds } from './kinds.ts';
import { sandboxChannel } from './sandbox/channel.ts';

export interface ChannelOptions {
  config: { environment: string; sandboxSecret: string | undefined; baseUrl: string };
  database: Database;
  clock: Clock;
  nudges: Nudges;
  log: Log;
  metrics: Metrics;
  keyring: ChannelKeyring | undefined;
}

export function openChannels(options: ChannelOptions): ChannelBook {
  const { config, database, clock, nudges, log, metrics, keyring } = options;
  const { sandboxSecret, baseUrl } = config;
  const sandbox =
    sandboxSecret !== undefined && config.environment !== 'production'
      ? [sandboxChannel({ secret: sandboxSecret, baseUrl, database, clock })]
      : [];
  const deps = openingDeps(options);
  const watch = createHealthWatch(clock, {
    answered(channel, operation, outcome, seconds) {
      metrics.channelCalls.inc({ channel, operation, outcome });
      metrics.channelSeconds.observe({ channel, operation }, seconds);
    },
    ill(channel, reason) {
      blockChannel(options, { channel, reason, by: 'health', actor: 'system' })
        .then(
          (done) =>
            done && log.error({ channel, reason, event: 'channel.blocked' }, 'a payment channel blocked itself'),
        )
        .catch((error: unknown) =>
          log.error({ err: error, channel, reason }, 'a failing channel could not be blocked'),
        );
    },
  });
  return createChannelBook({
    database,
    clock,
    nudges,
    log,
    keyring,
    fixed: sandbox,
    open: (row, keys) => watchChannel(openChannel(deps, row, unsealSettings(row, keys)), watch),
    seen(entries) {
      metrics.channelBlocked.reset();
      for (const { code, block } of entries) metrics.channelBlocked.set({ channel: code }, block?.blockedBy ? 1 : 0);
    },
  });
}

/** What opening a channel needs besides its row. */
export function openingDeps({ config, clock }: Pick<ChannelOptions, 'config' | 'clock'>): OpenDeps {
  return { kinds: channelKinds, baseUrl: config.baseUrl, clock, http: channelHttp };
}
