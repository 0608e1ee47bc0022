/**
 * Intents that cannot be replayed, one file each in `intents/quarantine/`: what stands there and why. A person may mend the
 * file, have it tried again, or drop it (`cardwell degrade quarantine`, or the review case).
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../platform/clock.ts';
import { type Intent, isIntent } from './intent.ts';

export interface Quarantined {
  id: string;
  why: string;
  /** UTC milliseconds. */
  at: number;
  intent: Intent | null;
  /** What could not be read as an intent. */
  text?: string;
}

export interface Quarantine {
  put(entry: { id: string; why: string; intent: Intent | null; text?: string }): Promise<void>;
  list(): Promise<Quarantined[]>;
  find(id: string): Promise<Quarantined | undefined>;
  remove(id: string): Promise<void>;
}

const maxTextLength = 200_000;

export function openQuarantine(folder: string, clock: Clock): Quarantine {
  const nameOf = (id: string) =>
    `${id.replace(/[^\w.@-]+/g, '_').slice(0, 80)}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}.json`;

  async function readOne(name: string): Promise<Quarantined | undefined> {
    const text = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      const found = JSON.parse(text) as Quarantined;
      return typeof found.id === 'string'
        ? { ...found, intent: isIntent(found.intent) ? found.intent : null }
        : undefined;
    } catch {
      return undefined;
    }
  }

  return {
    async put({ id, why, intent, text }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, nameOf(id));
      const entry = {
        id,
        why: why.slice(0, 500),
        at: clock.now(),
        intent,
        ...(text && { text: text.slice(0, maxTextLength) }),
      };
      const file = await open(`${path}.new`, 'w', 0o600);
      try {
        await file.writeFile(`${JSON.stringify(entry, null, 2)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.new`, path);
    },
    async list() {
      const names = await readdir(folder).catch(() => []);
      const found: Quarantined[] = [];
      for (const name of names.sort()) {
        const one = name.endsWith('.json') ? await readOne(name) : undefined;
        if (one) found.push(one);
      }
      return found;
    },
    find: (id) => readOne(nameOf(id)),
    remove: (id) => rm(join(folder, nameOf(id)), { force: true }),
  };
}
