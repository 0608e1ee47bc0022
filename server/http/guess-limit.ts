/** Limits guessing where it would pay: so many tries for one subject and from one address within a window. */
import { createRateLimit } from '../platform/cache/rate-limit.ts';
import type { Redis } from '../platform/cache/redis.ts';
import { ProblemError } from './problem.ts';

export interface GuessLimitOptions {
  redis: Redis;
  /** What is guessed. */
  name: string;
  enabled: boolean;
  perSubject: number;
  perAddress: number;
  windowSeconds: number;
}

export function createGuessLimit(options: GuessLimitOptions): {
  count(subject: string, address: string): Promise<void>;
} {
  const { redis, name, windowSeconds } = options;
  const subjects = createRateLimit({ redis, name: `${name} subject`, tries: options.perSubject, windowSeconds });
  const addresses = createRateLimit({ redis, name: `${name} address`, tries: options.perAddress, windowSeconds });
  return {
    async count(subject, address) {
      if (!options.enabled) return;
      const few = (await addresses.count(address)) && (await subjects.count(subject));
      if (!few) throw new ProblemError('too_many_requests');
    },
  };
}
