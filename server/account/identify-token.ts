/** The API token behind a bearer header. */
import type { TokenView } from '../../contract/account.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { sha256 } from '../platform/ids.ts';
import { noteTokenUsed, readTokenByHash } from './token-store.ts';

/** `last_used_at` is for people who clean up; a minute is exact enough. */
const noteEveryMs = 60_000;

export async function identifyToken(
  { database, clock }: { database: Database; clock: Clock },
  token: string,
): Promise<TokenView | undefined> {
  const found = await readTokenByHash(database.read, sha256(token));
  const now = clock.now();
  if (!found || found.revokedAt !== null) return undefined;
  if (found.expiresAt !== null && found.expiresAt <= now) return undefined;
  if ((found.lastUsedAt ?? 0) + noteEveryMs <= now) {
    await database.transact('account.token-used', (tx) => noteTokenUsed(tx, found.id, now));
  }
  return found;
}
