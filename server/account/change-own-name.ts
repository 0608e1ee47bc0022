/** What a person at the desk is called on its pages. The audit log goes on naming them by their login. */
import { recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { actorName } from './actor-name.ts';
import type { SessionRow } from './session-store.ts';
import { readPerson, waitForTurn } from './staff-store.ts';
import { setDisplayName } from './user-store.ts';

export async function changeOwnName(
  { database, clock }: { database: Database; clock: Clock },
  { session, displayName, requestId }: { session: SessionRow; displayName: string; requestId: string },
): Promise<void> {
  const { id } = session.user;
  const at = clock.now();
  await database.transact('account.change-name', async (tx) => {
    // An owner may be changing the same person at this moment.
    await waitForTurn(tx, at);
    const before = await readPerson(tx, id);
    if (!before || before.displayName === displayName) return;
    await setDisplayName(tx, id, displayName, at);
    await recordAudit(tx, {
      at,
      actor: actorName(session.user),
      requestId,
      action: 'user.change-name',
      subject: `user:${id}`,
      before: { displayName: before.displayName },
      after: { displayName },
    });
  });
}
