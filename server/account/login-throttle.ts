/**
 * Slows down guessing. Wrong passwords are counted for one login from one address (so that a stranger cannot lock the owner
 * out), for one address over all logins, and for one login over all addresses.
 */
import { createRateLimit } from '../platform/cache/rate-limit.ts';
import type { Redis } from '../platform/cache/redis.ts';

export interface LoginThrottle {
  /**
   * Counts a try before the password is looked at, so that tries sent all at once do not overtake the count.
   * @returns false when there were too many
   */
  countTry(login: string, address: string): Promise<boolean>;
  /** The try was good: it does not count. */
  forgive(login: string, address: string): Promise<void>;
}

const quarterHourS = 15 * 60;
const limits = { pair: 5, address: 40, login: 200 } as const;

/** @param door owners and buyers are counted apart */
export function createLoginThrottle({
  on,
  redis,
  door,
}: {
  on: boolean;
  redis: Redis;
  door: 'owner' | 'buyer';
}): LoginThrottle {
  if (!on) return { countTry: async () => true, forgive: async () => {} };
  const limit = (name: keyof typeof limits) =>
    createRateLimit({ redis, name: `${door} ${name}`, tries: limits[name], windowSeconds: quarterHourS });
  const [pair, byAddress, byLogin] = [limit('pair'), limit('address'), limit('login')];

  return {
    async countTry(login, address) {
      // One after the other: what the narrower counter refuses does not use up the wider ones.
      return (
        (await pair.count(`${login} ${address}`)) && (await byAddress.count(address)) && (await byLogin.count(login))
      );
    },
    async forgive(login, address) {
      await pair.reset(`${login} ${address}`);
      await Promise.all([byAddress.forgive(address), byLogin.forgive(login)]);
    },
  };
}
