/**
 * Keeps values for a moment: first in this process, then in Redis for all processes, and asks the database for the rest.
 *
 *   fresh here -> being loaded already? wait for the same -> fresh in Redis -> load
 *
 * Callers who come during a loading share it. What was changed or cleared during a loading is used by those who wait for it
 * and kept for nobody. When the loading fails or takes long, the last known value answers, up to an hour old: while the
 * database is away the shop still has a front window.
 */
import { LRUCache } from 'lru-cache';
import { type Clock, sleep } from '../clock.ts';
import type { SharedCache } from './shared-cache.ts';

export interface TwoLevelCache<K extends string | number, V> {
  /** @param load gives every key that it is asked for */
  get(keys: readonly K[], load: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>): Promise<Map<K, V>>;
  /** We changed what the value stands for: the value kept here follows, a loading under way is too old to keep. */
  change(key: K, change: (value: V) => V): void;
  /** Somebody changed it: the next one loads it. */
  forget(key: K): void;
  /** Everything here is old. */
  clear(): void;
}

export interface TwoLevelOptions<V> {
  clock: Clock;
  max: number;
  /** How long a value is fresh in this process, and how old it may be when it comes from Redis. */
  life(value: V): { hereMs: number; sharedMs: number };
  shared?: SharedCache | undefined;
  /** What others may ask for too; the rest stays in this process. */
  mayShare?(value: V): boolean;
  onLookup?(outcome: 'shared' | 'loaded' | 'stale', count: number): void;
  onTrouble?(error: unknown): void;
}

/** A loading that takes longer lets the last known value answer. */
const lateAfterMs = 1000;
const maxStaleMs = 3_600_000;
/** A failed loading is not tried again for this long while there is an old value. */
const againAfterMs = 1000;

interface Entry<V> {
  value: V;
  loadedAt: number;
  until: number;
}

interface Flight<K, V> {
  era: number;
  overtaken: Set<K>;
  lastKnown: Map<K, Entry<V>>;
  result: Promise<ReadonlyMap<K, V>>;
  late: Promise<void>;
  over: AbortSignal;
}

export function createTwoLevelCache<K extends string | number, V>(options: TwoLevelOptions<V>): TwoLevelCache<K, V> {
  const { clock, max, life, shared, mayShare = () => true, onLookup, onTrouble } = options;
  const entries = new LRUCache<K, Entry<V>>({ max });
  /** What we changed lately: Redis may still have it as it was. */
  const changedUntil = new LRUCache<K, number>({ max });
  const flights = new Map<K, Flight<K, V>>();
  let era = 0;
  /** The last loading failed or was late. */
  let struggling = false;

  function keep(flight: Flight<K, V>, key: K, value: V, forMs: number, loadedAt = clock.monotonicMs()): void {
    const stillGood = flight.era === era && !flight.overtaken.has(key);
    entries.set(key, { value, loadedAt, until: stillGood ? clock.monotonicMs() + forMs : 0 });
  }

  function begin(keys: readonly K[], load: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>): Flight<K, V> {
    const over = new AbortController();
    const lastKnown = new Map<K, Entry<V>>();
    for (const key of keys) {
      const entry = entries.peek(key);
      if (entry && clock.monotonicMs() - entry.loadedAt < maxStaleMs) lastKnown.set(key, entry);
    }
    const late = struggling ? Promise.resolve() : sleep(lateAfterMs, over.signal);
    const result = Promise.resolve(new Map());
    const flight: Flight<K, V> = { era, overtaken: new Set(), lastKnown, late, over: over.signal, result };
    flight.result = fly(flight, keys, load).finally(() => {
      over.abort();
      for (const key of keys) if (flights.get(key) === flight) flights.delete(key);
    });
    // Those who were answered with an old value do not wait for it.
    flight.result.catch(() => {});
    for (const key of keys) flights.set(key, flight);
    return flight;
  }

  async function fly(
    flight: Flight<K, V>,
    keys: readonly K[],
    load: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>,
  ): Promise<ReadonlyMap<K, V>> {
    // Asked before the loading: the generation must be older than what is loaded.
    const seen = shared?.available() ? await shared.read(keys.map(String)) : undefined;
    const answers = new Map<K, V>();
    const rest: K[] = [];
    const now = clock.monotonicMs();
    for (const [i, key] of keys.entries()) {
      const found = seen?.entries[i];
      const value = found?.value as V;
      const { hereMs, sharedMs } = found ? life(value) : { hereMs: 0, sharedMs: 0 };
      const leftMs = found?.current && (changedUntil.get(key) ?? 0) <= now ? sharedMs - found.ageMs : 0;
      if (found && !flight.lastKnown.has(key))
        flight.lastKnown.set(key, { value, loadedAt: now - found.ageMs, until: 0 });
      if (leftMs <= 0) rest.push(key);
      else {
        keep(flight, key, value, Math.min(hereMs, leftMs));
        answers.set(key, value);
      }
    }
    if (answers.size > 0) onLookup?.('shared', answers.size);
    if (rest.length === 0) return answers;
    try {
      const loaded = await load(rest);
      struggling = false;
      onLookup?.('loaded', rest.length);
      for (const key of rest) {
        const value = loaded.get(key) as V;
        keep(flight, key, value, life(value).hereMs);
        answers.set(key, value);
      }
      const toShare = rest.filter((key) => !flight.overtaken.has(key) && mayShare(answers.get(key) as V));
      if (seen && toShare.length > 0)
        void shared?.write(
          seen.generation,
          toShare.map((key) => [String(key), answers.get(key)]),
        );
      return answers;
    } catch (error) {
      if (!rest.every((key) => flight.lastKnown.has(key))) throw error;
      onTrouble?.(error);
      struggling = true;
      for (const key of rest) {
        const { value, loadedAt } = flight.lastKnown.get(key) as Entry<V>;
        keep(flight, key, value, againAfterMs, loadedAt);
        answers.set(key, value);
      }
      onLookup?.('stale', rest.length);
      return answers;
    }
  }

  async function answerOf(flight: Flight<K, V>, keys: readonly K[]): Promise<ReadonlyMap<K, V>> {
    await Promise.race([flight.result, flight.late]);
    if (flight.over.aborted || !keys.every((key) => flight.lastKnown.has(key))) return flight.result;
    struggling = true;
    onLookup?.('stale', keys.length);
    return new Map(keys.map((key) => [key, (flight.lastKnown.get(key) as Entry<V>).value]));
  }

  function overtake(key: K): void {
    flights.get(key)?.overtaken.add(key);
    const entry = entries.peek(key);
    const sharedMs = entry ? life(entry.value).sharedMs : 0;
    if (shared) changedUntil.set(key, clock.monotonicMs() + Math.max(sharedMs, lateAfterMs));
  }

  return {
    async get(keys, load) {
      const now = clock.monotonicMs();
      const answers = new Map<K, V>();
      const waits = new Map<Flight<K, V>, K[]>();
      const missing: K[] = [];
      for (const key of keys.length > 1 ? new Set(keys) : keys) {
        const entry = entries.get(key);
        const flight = flights.get(key);
        if (entry && entry.until > now) answers.set(key, entry.value);
        else if (!flight || flight.era !== era || flight.overtaken.has(key)) missing.push(key);
        else waits.set(flight, [...(waits.get(flight) ?? []), key]);
      }
      if (missing.length > 0) waits.set(begin(missing, load), missing);
      await Promise.all(
        [...waits].map(async ([flight, waiting]) => {
          const found = await answerOf(flight, waiting);
          for (const key of waiting) answers.set(key, found.get(key) as V);
        }),
      );
      return answers;
    },
    change(key, change) {
      overtake(key);
      const entry = entries.peek(key);
      if (entry) entry.value = change(entry.value);
    },
    forget(key) {
      overtake(key);
      const entry = entries.peek(key);
      if (entry) entry.until = 0;
      void shared?.remove(String(key));
    },
    clear() {
      era++;
      for (const entry of entries.values()) entry.until = 0;
    },
  };
}
