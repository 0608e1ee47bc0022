/** A person ends a session of their own, or an owner anybody's. */
import { recordAudit } from '../platform/audit-store.ts';
import { actorName } from './actor-name.ts';
import type { ByOwner, PeopleDeps } from './people-deps.ts';
import { deleteSessionOfUser } from './session-store.ts';

export function endSession(
  { database, clock }: PeopleDeps,
  { userId, sessionId, session, requestId }: ByOwner & { userId: number; sessionId: string },
): Promise<'ended' | 'not-found'> {
  return database.transact('account.end-session', async (tx) => {
    if (!(await deleteSessionOfUser(tx, userId, sessionId))) return 'not-found';
    const [at, actor, subject] = [clock.now(), actorName(session.user), `user:${userId}`];
    await recordAudit(tx, {
      at,
      actor,
      requestId,
      action: 'session.end',
      subject,
      before: { session: sessionId.slice(0, 8) },
    });
    return 'ended';
  });
}
