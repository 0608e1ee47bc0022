/** Keeps answers for a moment, and lets concurrent callers share one loading. For what may be a second or two old. */
import { LRUCache } from 'lru-cache';
import type { Clock } from './clock.ts';

export interface ShortCache<T> {
  get(key: string, load: () => Promise<T>): Promise<T>;
  /** Forgets everything. A loading under way still answers its callers, but nobody who asks later. */
  clear(): void;
}

export function createShortCache<T>(options: { clock: Clock; freshMs: number; max: number }): ShortCache<T> {
  const { clock, freshMs, max } = options;
  const entries = new LRUCache<string, { value: Promise<T>; until: number }>({ max });
  return {
    get(key, load) {
      const known = entries.get(key);
      if (known && known.until > clock.monotonicMs()) return known.value;
      const entry = { value: load(), until: Number.POSITIVE_INFINITY };
      entries.set(key, entry);
      entry.value.then(
        () => {
          entry.until = clock.monotonicMs() + freshMs;
        },
        () => {
          if (entries.peek(key) === entry) entries.delete(key);
        },
      );
      return entry.value;
    },
    clear: () => entries.clear(),
  };
}
