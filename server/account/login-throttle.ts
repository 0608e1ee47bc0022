/**
 * Slows down guessing. Wrong passwords are counted for one login from one address (so that a stranger cannot lock the owner
 * out), for one address over all logins, and for one login over all addresses. Counted in this process: with several, a guesser
 * gets that many times as many tries, which at these numbers changes nothing.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

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

export function createLoginThrottle({ on }: { on: boolean }): LoginThrottle {
  if (!on) return { countTry: async () => true, forgive: async () => {} };
  const pair = new RateLimiterMemory({ keyPrefix: 'pair', points: limits.pair, duration: quarterHourS });
  const byAddress = new RateLimiterMemory({ keyPrefix: 'address', points: limits.address, duration: quarterHourS });
  const byLogin = new RateLimiterMemory({ keyPrefix: 'login', points: limits.login, duration: quarterHourS });

  async function consume(counter: RateLimiterMemory, key: string): Promise<boolean> {
    try {
      await counter.consume(key);
      return true;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return false;
      throw refused;
    }
  }

  return {
    async countTry(login, address) {
      // One after the other: what the narrower counter refuses does not use up the wider ones.
      return (
        (await consume(pair, `${login} ${address}`)) &&
        (await consume(byAddress, address)) &&
        (await consume(byLogin, login))
      );
    },
    async forgive(login, address) {
      await pair.delete(`${login} ${address}`);
      await Promise.all([byAddress.reward(address), byLogin.reward(login)]);
    },
  };
}
