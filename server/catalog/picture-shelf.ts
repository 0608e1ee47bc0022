/** The files of pictures that pages have asked for lately, in memory: a catalogue page asks for two dozen at once. */
import { LRUCache } from 'lru-cache';
import type { Database } from '../platform/db/database.ts';
import { readPictureFile } from './picture-store.ts';

const maxBytes = 32 * 1024 * 1024;

export interface PictureShelf {
  /** Undefined when there is no such picture. */
  file(id: string, size: number): Promise<Uint8Array | undefined>;
}

/** What an address answers never changes, so nothing here is ever too old. */
export function createPictureShelf({ database }: { database: Database }): PictureShelf {
  const kept = new LRUCache<string, Uint8Array>({
    maxSize: maxBytes,
    sizeCalculation: (content) => content.length + 1,
  });
  return {
    async file(id, size) {
      const key = `${id} ${size}`;
      const there = kept.get(key);
      if (there) return there;
      const content = await readPictureFile(database.read, id, size);
      if (content) kept.set(key, content);
      return content;
    },
  };
}
