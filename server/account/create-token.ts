/** Makes an API token for a program. */
import type { CreatedToken, Scope } from '../../contract/account.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { secretToken, sha256 } from '../platform/ids.ts';
import { insertToken, readTokenByHash } from './token-store.ts';

/** Tells a token of ours from an order's, in logs of others and in secret scanners. */
const prefix = 'cwt_';

export interface CreateTokenInput extends Actor {
  name: string;
  scopes?: readonly Scope[] | undefined;
  /** UTC milliseconds; none lasts until it is revoked. */
  expiresAt?: number | undefined;
}

export async function createToken(
  { database, clock }: { database: Database; clock: Clock },
  { name, scopes = ['*'], expiresAt, actor, requestId }: CreateTokenInput,
): Promise<CreatedToken> {
  const token = prefix + secretToken();
  const tokenHash = sha256(token);
  const at = clock.now();
  const id = await database.transact('account.create-token', async (tx) => {
    const fresh = await insertToken(
      tx,
      { name, tokenHash, scopes, createdBy: actor, expiresAt: expiresAt ?? null },
      at,
    );
    const row = await readTokenByHash(tx, tokenHash);
    if (!row) throw new Error('the token just inserted is not there');
    if (fresh) {
      const after = { name, scopes, expiresAt: row.expiresAt };
      await recordAudit(tx, { at, actor, requestId, action: 'token.create', subject: `token:${row.id}`, after });
    }
    return row.id;
  });
  return { id, name, token };
}
