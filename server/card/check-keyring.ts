/**
 * Whether the key file opens the stock: one row of each key is tried. A lost file replaced by a new one would otherwise be
 * noticed by the first buyer, and every card could be imported a second time, because its hash had changed.
 */
import type { Database } from '../platform/db/database.ts';
import { SealBroken } from '../platform/sealed-text.ts';
import { type Keyring, UnknownCardKey } from './keyring.ts';
import { cardsOfKey, nextKeyInUse } from './rotation-store.ts';

export type KeyringCheck =
  | { kind: 'ok' }
  /** Cards were sealed with keys that the file does not have. */
  | { kind: 'keys-missing'; keyIds: number[] }
  /** The file has keys of that id, but others, or another hash key. */
  | { kind: 'keys-wrong'; keyIds: number[] };

export async function checkKeyring(deps: { database: Database; keyring: Keyring }): Promise<KeyringCheck> {
  const { database, keyring } = deps;
  const missing: number[] = [];
  const wrong: number[] = [];
  for (let keyId = await nextKeyInUse(database.read, 0); keyId; keyId = await nextKeyInUse(database.read, keyId)) {
    // A single damaged row must not close the shop.
    const cards = await cardsOfKey(database.read, keyId, 0, 5);
    const results = cards.map(({ card_no, card_no_hash, card_secret }) => {
      try {
        const secret = keyring.unseal('card-secret', card_no_hash, card_secret);
        const number = card_no && keyring.unseal('card-number', card_no_hash, card_no);
        return keyring.hash(number ?? secret) === card_no_hash ? 'ok' : 'wrong';
      } catch (error) {
        if (error instanceof UnknownCardKey) return 'missing';
        if (error instanceof SealBroken) return 'wrong';
        throw error;
      }
    });
    if (results.includes('ok')) continue;
    (results.includes('missing') ? missing : wrong).push(keyId);
  }
  if (missing.length > 0) return { kind: 'keys-missing', keyIds: missing };
  return wrong.length > 0 ? { kind: 'keys-wrong', keyIds: wrong } : { kind: 'ok' };
}
