/**
 * Locks that only save work: two processes that do the same thing at once would be kept right by the database, but one of
 * them would wait there for the other, with a whole batch in its hands. Redlock's rules on the one Redis (or cluster) of the
 * shop: set if absent with a time to live and a word of our own, removed only by who has the word.
 *
 * A lock that can not be had, is lost or was taken twice changes nothing but speed. Locks wanted at the same moment travel
 * together: one command takes them, one gives them back.
 */
import { randomUUID } from 'node:crypto';
import { createBatcher } from '../batcher.ts';
import { type Clock, sleep } from '../clock.ts';
import type { Redis } from './redis.ts';
import type { RedisClient } from './redis-client.ts';

export interface Locks {
  /** Waits a moment for the lock if another process holds it, then does the work in any case. */
  during<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Leaves the work to another process that is at it. @returns undefined then */
  unlessHeld<T>(name: string, work: () => Promise<T>): Promise<T | undefined>;
}

type Taken = 'taken' | 'held' | 'unknown';

/** A process that dies holds up others for so long, those of `unlessHeld`; `during` waits less. */
const lifeMs = 10_000;
const renewMs = 3000;
const waitMs = 250;
const lookAgainMs = 25;

const takeScript = `
local taken = {}
for i = 1, #KEYS do
  taken[i] = redis.call('SET', KEYS[i], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0
end
return taken`;

const giveScript = `
for i = 1, #KEYS do
  if redis.call('GET', KEYS[i]) == ARGV[1] then redis.call(ARGV[2], KEYS[i], unpack(ARGV, 3)) end
end
return 1`;

type Scripted = RedisClient & {
  cardwellTake?(keyCount: number, ...args: string[]): Promise<number[]>;
  cardwellGive?(keyCount: number, ...args: string[]): Promise<number>;
};

export function createLocks({ redis, clock }: { redis: Redis; clock: Clock }): Locks {
  const word = randomUUID();
  const keyOf = (name: string) => redis.key('locks', name);
  /** Held by this process; who wants one of these joins: callers of one process end in one batch anyway. */
  const held = new Map<string, number>();

  function scripted(client: Scripted): Scripted {
    if (!client.cardwellTake) {
      client.defineCommand('cardwellTake', { lua: takeScript });
      client.defineCommand('cardwellGive', { lua: giveScript });
    }
    return client;
  }
  const batch = { mayBeOneMember: () => false, maxSize: 200, maxQueue: Number.POSITIVE_INFINITY };
  const taker = createBatcher<string, Taken>({
    name: 'lock.take',
    ...batch,
    async run(names) {
      const taken = await redis.ask('lock', async (client) =>
        scripted(client).cardwellTake?.(names.length, ...names.map(keyOf), word, String(lifeMs)),
      );
      return names.map((_, i) => (taken ? (taken[i] === 1 ? 'taken' : 'held') : 'unknown'));
    },
  });
  const give = (names: readonly string[], ...what: string[]) =>
    redis.ask('lock', async (client) =>
      scripted(client).cardwellGive?.(names.length, ...names.map(keyOf), word, ...what),
    );
  const giver = createBatcher<string, void>({
    name: 'lock.give',
    ...batch,
    async run(names) {
      await give(names, 'DEL');
      return names.map(() => undefined);
    },
  });

  const join = (name: string) => held.set(name, (held.get(name) ?? 0) + 1);
  async function leave(name: string): Promise<void> {
    const left = (held.get(name) ?? 1) - 1;
    if (left > 0) held.set(name, left);
    else {
      held.delete(name);
      await giver.submit(name);
    }
  }

  return {
    async during(name, work) {
      if (!redis.available()) return work();
      const until = clock.monotonicMs() + waitMs;
      while (!held.has(name)) {
        const taken = await taker.submit(name);
        if (taken === 'unknown') return work();
        if (taken === 'taken') break;
        if (clock.monotonicMs() >= until) return work();
        await sleep(lookAgainMs);
      }
      join(name);
      // Whoever did the work is not kept waiting until the lock is given back.
      return work().finally(() => void leave(name));
    },
    async unlessHeld(name, work) {
      if (held.has(name)) return undefined;
      const taken = await taker.submit(name);
      if (taken === 'held') return undefined;
      if (taken === 'unknown') return work();
      const renewing = setInterval(() => void give([name], 'PEXPIRE', String(lifeMs)), renewMs);
      join(name);
      return work().finally(() => {
        clearInterval(renewing);
        return leave(name);
      });
    },
  };
}
