/** Finds one card by its exact number, or by its secret when it has no number, without decrypting anything. */
import type { Database } from '../platform/db/database.ts';
import { type CardRow, cardOfHash } from './card-admin-store.ts';
import type { Keyring } from './keyring.ts';

export async function findCard(
  { database, keyring }: { database: Database; keyring: Keyring },
  number: string,
): Promise<{ kind: 'found'; card: CardRow } | { kind: 'card-not-found' }> {
  const card = await cardOfHash(database.read, keyring.hash(number.trim()));
  return card ? { kind: 'found', card } : { kind: 'card-not-found' };
}
