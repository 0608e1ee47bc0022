/** A new link for somebody who was invited or forgot the password; it ends the links before it. */
import type { StaffView } from '../../contract/staff.ts';
import { recordAudit } from '../platform/audit-store.ts';
import { actorName } from './actor-name.ts';
import { newPasswordLink } from './password-link.ts';
import { replacePasswordLink } from './password-link-store.ts';
import { type ByOwner, isStillOwner, type PeopleDeps } from './people-deps.ts';
import { readPerson, waitForTurn } from './staff-store.ts';

export type PasswordLinkOutcome =
  | { kind: 'made'; person: StaffView; token: string; expiresAt: number }
  | { kind: 'not-found' }
  | { kind: 'no-owner' }
  | { kind: 'disabled' };

export async function renewPasswordLink(
  { database, clock }: PeopleDeps,
  { id, session, requestId }: ByOwner & { id: number },
): Promise<PasswordLinkOutcome> {
  const at = clock.now();
  const link = newPasswordLink(at);
  return database.transact('account.password-link', async (tx): Promise<PasswordLinkOutcome> => {
    await waitForTurn(tx, at);
    if (!(await isStillOwner(tx, session))) return { kind: 'no-owner' };
    const person = await readPerson(tx, id);
    if (!person) return { kind: 'not-found' };
    if (person.status === 'disabled') return { kind: 'disabled' };
    const stored = link.forUser(id);
    await replacePasswordLink(tx, stored, at);
    const [actor, subject] = [actorName(session.user), `user:${id}`];
    await recordAudit(tx, {
      at,
      actor,
      requestId,
      action: 'staff.password-link',
      subject,
      after: { expiresAt: stored.expiresAt },
    });
    return { kind: 'made', person, token: link.token, expiresAt: stored.expiresAt };
  });
}
