/**
 * Changes the card key while the shop is open: a new key into the file, every row sealed again with it, and, once no
 * process can still be using them, the keys that no row needs out of the file. Interrupted, it goes on where it was:
 * how far it got stands in `key_id` of the rows.
 */
import { randomBytes } from 'node:crypto';
import { type Clock, sleep } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { changeKeyFile } from './key-file.ts';
import { type Keyring, keyFileLookMs } from './keyring.ts';
import { publishLetterKey } from './letter-key.ts';
import { resealAll } from './reseal.ts';
import { rowsPerKey } from './rotation-store.ts';

export interface RotateInput {
  /** Put a new key into the file first. Off: only bring every row to the active key (a file kept by a secret store). */
  addKey: boolean;
  /** Take the keys out of the file that no row uses. */
  retire: boolean;
  onProgress?(progress: { done: number; total: number }): void;
}

export interface RotateReport {
  activeKeyId: number;
  resealed: number;
  /** Rows that do not open with the keys there are; at most 100 are named. */
  unreadable: { count: number; named: string[] };
  rows: { keyId: number; rows: number }[];
  retired: number[];
  kept: { keyId: number; reason: 'in-use' | 'changed-recently' }[];
}

/**
 * How long a key stays in the file after it was last changed. A process seals with the old key for a second more, and an
 * import waits up to two minutes for its database before it commits what it sealed.
 */
export const retireAfterMs = 10 * 60_000;
const namedRows = 100;

/** Throws KeyFileError when the file cannot be read or replaced. */
export async function rotateKeys(
  deps: { database: Database; keyring: Keyring; clock: Clock },
  { addKey, retire, onProgress }: RotateInput,
): Promise<RotateReport> {
  const { database, keyring, clock } = deps;
  if (addKey) await addActiveKey(keyring, clock.now());
  keyring.reload();
  await publishLetterKey({ database, clock, keyring });
  const activeKeyId = keyring.activeKeyId;

  let total = await rowsOnOtherKeys(database, activeKeyId);
  let resealed = 0;
  const unreadable = new Set<string>();
  const watch = {
    done(rows: number) {
      resealed += rows;
      total = Math.max(total, resealed);
      onProgress?.({ done: resealed, total });
    },
    unreadable: (what: string) => void unreadable.add(what),
  };
  await resealAll(deps, watch);
  // Others seal with the old key until they look at the file again; what they wrote meanwhile is found by the next round.
  if (addKey) await sleep(keyFileLookMs + 100);
  for (let left = -1; ; ) {
    const now = await rowsOnOtherKeys(database, activeKeyId);
    if (now === 0 || now === left) break;
    left = now;
    await resealAll(deps, watch);
  }

  const { retired, kept } = retire ? await retireKeys(deps) : { retired: [], kept: [] };
  const rows = [...(await rowsPerKey(database.read))].map(([keyId, count]) => ({ keyId, rows: count }));
  return {
    activeKeyId,
    resealed,
    unreadable: { count: unreadable.size, named: [...unreadable].slice(0, namedRows) },
    rows: rows.sort((a, b) => a.keyId - b.keyId),
    retired,
    kept,
  };
}

async function rowsOnOtherKeys(database: Database, activeKeyId: number): Promise<number> {
  const rows = await rowsPerKey(database.read);
  return [...rows].reduce((sum, [keyId, count]) => (keyId === activeKeyId ? sum : sum + count), 0);
}

async function addActiveKey(keyring: Keyring, createdAt: number): Promise<void> {
  await changeKeyFile(keyring.path, keyring.strict, (content) => {
    const id = Math.max(...content.keys.map((key) => key.id)) + 1;
    return { ...content, active: id, keys: [...content.keys, { id, key: randomBytes(32), createdAt }] };
  });
}

async function retireKeys({ database, keyring, clock }: { database: Database; keyring: Keyring; clock: Clock }) {
  const retired: number[] = [];
  const kept: RotateReport['kept'] = [];
  await changeKeyFile(keyring.path, keyring.strict, async (content, changedAtMs) => {
    const used = await rowsPerKey(database.read);
    const settled = clock.now() - changedAtMs >= retireAfterMs;
    for (const { id } of content.keys) {
      if (id === content.active) continue;
      if (used.has(id)) kept.push({ keyId: id, reason: 'in-use' });
      else if (!settled) kept.push({ keyId: id, reason: 'changed-recently' });
      else retired.push(id);
    }
    if (retired.length === 0) return undefined;
    return { ...content, keys: content.keys.filter((key) => !retired.includes(key.id)) };
  });
  keyring.reload();
  return { retired, kept };
}
