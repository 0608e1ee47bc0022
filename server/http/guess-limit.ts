/** Limits guessing where it would pay: so many tries for one subject and from one address within a window. */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { ProblemError } from './problem.ts';

export interface GuessLimitOptions {
  enabled: boolean;
  perSubject: number;
  perAddress: number;
  windowSeconds: number;
}

export function createGuessLimit(options: GuessLimitOptions): {
  count(subject: string, address: string): Promise<void>;
} {
  const duration = options.windowSeconds;
  const subjects = new RateLimiterMemory({ keyPrefix: 'subject', points: options.perSubject, duration });
  const addresses = new RateLimiterMemory({ keyPrefix: 'address', points: options.perAddress, duration });
  return {
    async count(subject, address) {
      if (!options.enabled) return;
      try {
        await addresses.consume(address);
        await subjects.consume(subject);
      } catch (refused) {
        if (refused instanceof Error) throw refused;
        throw new ProblemError('too_many_requests');
      }
    },
  };
}
