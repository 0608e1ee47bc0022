/**
 * Redis as the shop sees it: a helper that may be slow, away, failing over or empty at any moment. Whoever asks gets an
 * answer within a moment, or `undefined` and goes on without. Nothing here is ever the truth about anything.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import { createBreaker } from './breaker.ts';
import { readRedisAddress } from './redis-address.ts';
import { openBus } from './redis-bus.ts';
import { answerWithinMs, openClient, type RedisClient } from './redis-client.ts';

export interface Redis {
  /** The shop has one, whether it answers or not. */
  inUse: boolean;
  /** False while nobody is let through: ask nothing, do without. */
  available(): boolean;
  /**
   * Runs commands within a time limit.
   * @param what names the purpose in the metrics
   * @returns undefined when there was no answer; whether a change was made is then not known
   */
  ask<T>(what: string, work: (client: RedisClient) => Promise<T>, withinMs?: number): Promise<T | undefined>;
  /** A key of this shop. Keys that share a `group` lie on one node of a cluster and may be used in one command. */
  key(group: string, name: string): string;
  publish(channel: string, message: string): Promise<boolean>;
  listen(channel: string, listener: (message: string) => void): void;
  /** Redis answers again after a time when changes of ours may not have reached it. */
  onReturn(listener: () => void): void;
  close(): Promise<void>;
}

export interface RedisOptions {
  /** REDIS_URL */
  url: string;
  /** Begins every key and channel, so that several shops may share a Redis. */
  prefix: string;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'redisUp' | 'redisFailures'>;
}

/** Asks whether Redis is back, and whether messages of ours still come back to us. */
const tickMs = 500;

export function openRedis({ url, prefix, clock, log, metrics }: RedisOptions): Redis {
  const address = readRedisAddress(url);
  const mode = address.cluster ? 'cluster' : 'single';
  const client = openClient(address);
  const returned = new Set<() => void>();
  const breaker = createBreaker({
    clock,
    onChange(closed) {
      metrics.redisUp.set({ mode }, closed ? 1 : 0);
      if (!closed) return log.warn('Redis does not answer: the shop goes on without it');
      log.info('Redis answers again');
      for (const listener of returned) listener();
    },
  });
  metrics.redisUp.set({ mode }, 1);
  // Each failed question is counted where it was asked.
  client.on('error', (error: unknown) => log.debug({ err: error }, 'a connection to Redis failed'));

  async function ask<T>(what: string, work: (client: RedisClient) => Promise<T>, withinMs = answerWithinMs) {
    if (!breaker.closed()) return undefined;
    try {
      return await within(withinMs, work(client));
    } catch (error) {
      metrics.redisFailures.inc({ what });
      log.debug({ err: error, what }, 'Redis did not answer');
      breaker.failed();
      return undefined;
    }
  }

  const bus = openBus({ address, client, prefix, clock, log });
  async function tick(): Promise<void> {
    if (breaker.closed()) await ask('beat', () => bus.beat());
    else if (breaker.mayProbe()) {
      const heard = await within(answerWithinMs, bus.beat()).then(
        () => true,
        () => false,
      );
      breaker.probed(heard);
    }
    if (breaker.closed()) bus.checkHearing();
  }
  const timer = setInterval(() => void tick(), tickMs);
  timer.unref();

  return {
    inUse: true,
    available: breaker.closed,
    ask,
    key: (group, name) => `${prefix}:{${group}}:${name}`,
    publish: async (channel, message) =>
      (await ask('publish', (to) => to.publish(`${prefix}:${channel}`, message))) !== undefined,
    listen: (channel, listener) => bus.listen(`${prefix}:${channel}`, listener),
    onReturn: (listener) => void returned.add(listener),
    async close() {
      clearInterval(timer);
      bus.close();
      client.disconnect();
    },
  };
}

/** A shop without Redis. */
export const noRedis: Redis = {
  inUse: false,
  available: () => false,
  ask: async () => undefined,
  key: (group, name) => `{${group}}:${name}`,
  publish: async () => false,
  listen: () => {},
  onReturn: () => {},
  close: async () => {},
};

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
