/** An owner takes away somebody's second factor, because phone and recovery codes are lost. All their sessions end. */
import { recordAudit } from '../platform/audit-store.ts';
import { actorName } from './actor-name.ts';
import { type ByOwner, isStillOwner, type PeopleDeps } from './people-deps.ts';
import { removeSecondFactor } from './second-factor-store.ts';
import { deleteSessionsOfUser } from './session-store.ts';
import { readPerson, waitForTurn } from './staff-store.ts';

export type ResetOutcome = { kind: 'reset' } | { kind: 'not-found' } | { kind: 'no-owner' };

export function resetSecondFactor(
  { database, clock }: PeopleDeps,
  { id, reason, session, requestId }: ByOwner & { id: number; reason: string },
): Promise<ResetOutcome> {
  return database.transact('account.reset-second-factor', async (tx): Promise<ResetOutcome> => {
    const at = clock.now();
    await waitForTurn(tx, at);
    if (!(await isStillOwner(tx, session))) return { kind: 'no-owner' };
    const person = await readPerson(tx, id);
    if (!person) return { kind: 'not-found' };
    // Asking twice is no error, and changes nothing.
    if (!(await removeSecondFactor(tx, id))) return { kind: 'reset' };
    await deleteSessionsOfUser(tx, id, session.tokenHash);
    const [actor, subject] = [actorName(session.user), `user:${id}`];
    const states = { before: { secondFactor: person.secondFactor }, after: { secondFactor: false } };
    await recordAudit(tx, { at, actor, requestId, action: 'staff.reset-second-factor', subject, reason, ...states });
    return { kind: 'reset' };
  });
}
