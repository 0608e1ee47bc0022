/**
 * The second level of a cache: what the processes of a shop keep for each other in Redis.
 *
 * Each group of entries has a generation, a random word in Redis. An entry carries the generation that was read *before* its
 * value was loaded, so a loader that saw the data before a change can not put it back after it; changing the word makes every
 * entry old at once. A Redis that was wiped, or replaced by one that knows less, begins with a new word. Old entries stay
 * for an hour: better than nothing while the database is away.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from './redis.ts';
import type { RedisClient } from './redis-client.ts';

export interface SharedEntry {
  value: unknown;
  /** Since it was written, by the clock of Redis. */
  ageMs: number;
  /** Of the present generation. */
  current: boolean;
}

export interface SharedCache {
  available(): boolean;
  /** @returns undefined when Redis does not answer */
  read(
    names: readonly string[],
  ): Promise<{ generation: string; entries: readonly (SharedEntry | undefined)[] } | undefined>;
  /** @param generation as `read` gave it before the values were loaded */
  write(generation: string, values: readonly (readonly [name: string, value: unknown])[]): Promise<void>;
  /** Makes all entries old. Resolves when Redis knows, or does not answer: then it is told as soon as it does. */
  renew(): Promise<void>;
  /** Takes one entry away. */
  remove(name: string): Promise<void>;
}

/** Raised when what is stored changes its form; processes of two versions then do not read each other's. */
const schema = 1;
const keptMs = 3_600_000;
/** A bigger entry takes longer to fetch than to make. */
const maxEntryBytes = 256 * 1024;
const renewAgainMs = 500;

const readScript = `
local generation = redis.call('GET', KEYS[1])
if not generation then
  generation = ARGV[1]
  redis.call('SET', KEYS[1], generation)
end
local found = {generation}
for i = 2, #KEYS do
  found[#found + 1] = redis.call('GET', KEYS[i])
  found[#found + 1] = redis.call('PTTL', KEYS[i])
end
return found`;

type Scripted = RedisClient & {
  cardwellRead?(keyCount: number, ...args: string[]): Promise<(string | number | null)[]>;
};

export function createSharedCache(redis: Redis, group: string): SharedCache {
  const generationKey = redis.key(group, 'generation');
  const keyOf = (name: string) => redis.key(group, `${schema}:${name}`);

  async function renew(): Promise<void> {
    const told = await redis.ask('renew', (client) => client.set(generationKey, randomUUID()));
    // When the breaker is open by then, the return of Redis renews.
    if (told === undefined) setTimeout(() => redis.available() && void renew(), renewAgainMs).unref();
  }
  redis.onReturn(() => void renew());

  return {
    available: redis.available,
    async read(names) {
      const found = await redis.ask('cache', (client: Scripted) => {
        if (!client.cardwellRead) client.defineCommand('cardwellRead', { lua: readScript });
        const keys = [generationKey, ...names.map(keyOf)];
        if (!client.cardwellRead) throw new Error('the script was not taken');
        return client.cardwellRead(keys.length, ...keys, randomUUID());
      });
      if (!found) return undefined;
      const generation = String(found[0]);
      const entries = names.map((_, i) => readEntry(found[1 + 2 * i], Number(found[2 + 2 * i]), generation));
      return { generation, entries };
    },
    async write(generation, values) {
      const texts = values.map(([name, value]) => [keyOf(name), JSON.stringify({ generation, value })] as const);
      const small = texts.filter(([, text]) => text.length <= maxEntryBytes);
      if (small.length === 0) return;
      await redis.ask('cache', (client) => {
        const pipeline = client.pipeline();
        for (const [key, text] of small) pipeline.set(key, text, 'PX', keptMs);
        return pipeline.exec();
      });
    },
    renew,
    remove: async (name) => void (await redis.ask('cache', (client) => client.del(keyOf(name)))),
  };
}

function readEntry(text: unknown, ttlMs: number, generation: string): SharedEntry | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const entry = JSON.parse(text) as { generation: string; value?: unknown };
    return { value: entry.value, ageMs: Math.max(0, keptMs - ttlMs), current: entry.generation === generation };
  } catch {
    return undefined;
  }
}
