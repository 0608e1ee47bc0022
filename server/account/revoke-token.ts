/** Ends an API token at once. */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { revokeToken as markRevoked, readToken } from './token-store.ts';

export function revokeToken(
  { database, clock }: { database: Database; clock: Clock },
  { id, actor, requestId }: Actor & { id: number },
): Promise<'revoked' | 'not-found'> {
  return database.transact('account.revoke-token', async (tx) => {
    const before = await readToken(tx, id);
    if (!before) return 'not-found';
    const at = clock.now();
    // A token that was revoked before stays as it was: asking twice is no error.
    if (await markRevoked(tx, id, at)) {
      const subject = `token:${id}`;
      await recordAudit(tx, {
        at,
        actor,
        requestId,
        action: 'token.revoke',
        subject,
        before,
        after: { revokedAt: at },
      });
    }
    return 'revoked';
  });
}
