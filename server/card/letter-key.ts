/**
 * The public half of the active card key. Other roles seal with it what only the card role shall read: secret answers of
 * buyers, and what an owner's webhook delivers. The card role publishes it; the others keep the last one they have seen, so
 * that secrets can be taken in while the database is away.
 */
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import type { LetterKey } from '../platform/sealed-letter.ts';
import { putSetting, readSetting } from '../platform/settings-store.ts';
import type { Keyring } from './keyring.ts';

const setting = 'card.letterKey';
/** Keys that are taken out of the file have not been the active one for minutes (rotate-keys.ts). */
const askAgainMs = 10_000;

export interface LetterKeys {
  /** Undefined while no card role has published one, or the database is away and none has been seen. */
  current(): Promise<LetterKey | undefined>;
}

export async function publishLetterKey(deps: { database: Database; clock: Clock; keyring: Keyring }): Promise<void> {
  const key = JSON.stringify(deps.keyring.letterKey());
  if ((await readSetting(deps.database.read, setting)) === key) return;
  await deps.database.transact('card.letter-key', (tx: Tx) => putSetting(tx, setting, key, deps.clock.now()));
}

export function createLetterKeys(deps: { database: Database; clock: Clock; keyring: Keyring | undefined }): LetterKeys {
  const { database, clock, keyring } = deps;
  if (keyring) return { current: async () => keyring.letterKey() };
  let known: LetterKey | undefined;
  let askedMs = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  const ask = async () => {
    askedMs = clock.monotonicMs();
    const text = await readSetting(database.read, setting);
    if (text) known = JSON.parse(text) as LetterKey;
  };
  return {
    async current() {
      if (clock.monotonicMs() - askedMs >= askAgainMs || !known) {
        asking ??= ask().finally(() => {
          asking = undefined;
        });
        // One that is known serves while the next is asked for: nobody waits for a database that may be away.
        const done = asking.catch(() => undefined);
        if (!known) await done;
      }
      return known;
    },
  };
}
