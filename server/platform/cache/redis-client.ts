/** Opens connections to Redis with the patience of a helper: what can not answer soon had better fail soon. */
import { Cluster, Redis as Single } from 'ioredis';
import type { RedisAddress } from './redis-address.ts';

export type RedisClient = Single | Cluster;
export type RedisConnection = Single;

/** The longest anybody waits for one answer. Redis in the same zone answers in under a millisecond. */
export const answerWithinMs = 150;
/** A host that has gone without a word: its socket is given up, a new one is tried. */
const silentSocketMs = 2000;
const maxReconnectMs = 1000;

const reconnectAfterMs = (times: number): number => Math.min(maxReconnectMs, 50 * 2 ** Math.min(times, 10));

function options({ tls, username, password }: RedisAddress) {
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls ? { tls: {} } : {}),
    connectTimeout: 1000,
    // The one who asks waits less; this only frees what nobody waits for any more.
    commandTimeout: 1000,
    socketTimeout: silentSocketMs,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    disableClientInfo: true,
  };
}

export function openClient(address: RedisAddress): RedisClient {
  const [first] = address.nodes;
  if (!address.cluster) {
    return new Single({
      ...options(address),
      ...first,
      db: address.db,
      enableOfflineQueue: false,
      retryStrategy: reconnectAfterMs,
    });
  }
  return new Cluster([...address.nodes], {
    redisOptions: options(address),
    enableOfflineQueue: false,
    clusterRetryStrategy: reconnectAfterMs,
    // A dead master is replaced after about two seconds; until its place is known the question fails and is done without.
    maxRedirections: 3,
    retryDelayOnFailover: 50,
    retryDelayOnClusterDown: 50,
    slotsRefreshTimeout: 1000,
    slotsRefreshInterval: 2000,
  });
}

/** A connection of its own for listening; it does not reconnect by itself. Every node of a cluster hears every message. */
export function openListener(address: RedisAddress, nodes: readonly { host: string; port: number }[], turn: number) {
  return new Single({
    ...options(address),
    ...nodes[turn % nodes.length],
    db: address.db,
    enableOfflineQueue: false,
    autoResubscribe: false,
    retryStrategy: () => null,
  });
}
