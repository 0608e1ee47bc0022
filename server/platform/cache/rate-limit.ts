/**
 * Counts tries within a window, for all processes together while Redis answers, for this one alone while it does not.
 * Then a guesser gets as many tries again from each process, which at these numbers changes nothing.
 */
import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Redis } from './redis.ts';
import type { RedisClient } from './redis-client.ts';

export interface RateLimit {
  /** @returns false when there were too many */
  count(subject: string): Promise<boolean>;
  /** Takes one try back. */
  forgive(subject: string): Promise<void>;
  /** Forgets all tries. */
  reset(subject: string): Promise<void>;
}

export interface RateLimitOptions {
  redis: Redis;
  /** Names the limit: the same in every process. */
  name: string;
  tries: number;
  windowSeconds: number;
}

export function createRateLimit({ redis, name, tries, windowSeconds }: RateLimitOptions): RateLimit {
  const options = { keyPrefix: '', points: tries, duration: windowSeconds };
  const here = new RateLimiterMemory(options);
  let shared: RateLimiterRedis | undefined;
  const limiter = (client: RedisClient) => {
    shared ??= new RateLimiterRedis({ ...options, storeClient: client });
    return shared;
  };
  // Redis is told no names and addresses of people.
  const keyOf = (subject: string) =>
    redis.key(`limit ${createHash('sha256').update(`${name} ${subject}`).digest('base64url').slice(0, 22)}`, 'tries');

  return {
    async count(subject) {
      const key = keyOf(subject);
      return (await redis.ask('limit', (client) => consume(limiter(client), key))) ?? consume(here, key);
    },
    async forgive(subject) {
      const key = keyOf(subject);
      await ((await redis.ask('limit', (client) => limiter(client).reward(key))) ?? here.reward(key));
    },
    async reset(subject) {
      const key = keyOf(subject);
      // Both: tries may have been counted here while Redis was away.
      await Promise.all([redis.ask('limit', (client) => limiter(client).delete(key)), here.delete(key)]);
    },
  };
}

async function consume(limiter: RateLimiterMemory | RateLimiterRedis, key: string): Promise<boolean> {
  try {
    await limiter.consume(key);
    return true;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return false;
    throw refused;
  }
}
