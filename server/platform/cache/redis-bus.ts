/**
 * Messages between the processes of a shop. Redis forgets a message that nobody hears, so nothing may depend on one.
 *
 * A listening connection can die without a word. Each process therefore sends itself a beat through Redis; when those stop
 * coming back while Redis otherwise answers, it listens anew, on the next node of a cluster.
 */
import { randomUUID } from 'node:crypto';
import { Cluster } from 'ioredis';
import type { Clock } from '../clock.ts';
import type { Log } from '../observe/log.ts';
import type { RedisAddress } from './redis-address.ts';
import { openListener, type RedisClient, type RedisConnection } from './redis-client.ts';

export interface Bus {
  /** @param channel with the prefix */
  listen(channel: string, listener: (message: string) => void): void;
  /** Resolves when Redis has taken it. */
  beat(): Promise<unknown>;
  /** Listens anew if the beats have stopped coming back. */
  checkHearing(): void;
  close(): void;
}

/** Six beats. */
const deafAfterMs = 3000;

export function openBus(parts: {
  address: RedisAddress;
  client: RedisClient;
  prefix: string;
  clock: Clock;
  log: Log;
}): Bus {
  const { address, client, prefix, clock, log } = parts;
  const beatChannel = `${prefix}:beat:${randomUUID()}`;
  const listeners = new Map<string, (message: string) => void>();
  let turn = 0;
  let heardAt = clock.monotonicMs();
  let connection = connect();
  let closed = false;
  listeners.set(beatChannel, () => {
    heardAt = clock.monotonicMs();
  });

  function connect(): RedisConnection {
    const made = openListener(address, nodes(address, client), turn++);
    made.on('error', (error: unknown) => log.debug({ err: error }, 'listening to Redis failed'));
    made.on('ready', () => {
      made.subscribe(...listeners.keys()).catch((error: unknown) => log.debug({ err: error }, 'no subscription'));
    });
    made.on('message', (channel: string, message: string) => listeners.get(channel)?.(message));
    return made;
  }

  return {
    listen(channel, listener) {
      listeners.set(channel, listener);
      if (connection.status === 'ready') {
        connection.subscribe(channel).catch((error: unknown) => log.debug({ err: error }, 'no subscription'));
      }
    },
    beat: () => client.publish(beatChannel, ''),
    checkHearing() {
      const ended = connection.status === 'end';
      if (closed || (!ended && clock.monotonicMs() - heardAt < deafAfterMs)) return;
      heardAt = clock.monotonicMs();
      connection.disconnect();
      connection = connect();
    },
    close() {
      closed = true;
      connection.disconnect();
    },
  };
}

/** Those the cluster names now, which may be others than were written down. */
function nodes(address: RedisAddress, client: RedisClient): readonly { host: string; port: number }[] {
  const known = client instanceof Cluster ? client.nodes('all') : [];
  const found = known.flatMap(({ options: { host, port } }) => (host && port ? [{ host, port }] : []));
  return found.length > 0 ? found : address.nodes;
}
