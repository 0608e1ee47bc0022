/** Somebody new at the desk: without a password until they open their link. */
import { normalLogin } from '../../contract/credentials.ts';
import type { InviteBody, StaffView } from '../../contract/staff.ts';
import { recordAudit } from '../platform/audit-store.ts';
import { isDuplicateKey } from '../platform/db/errors.ts';
import { actorName } from './actor-name.ts';
import { newPasswordLink } from './password-link.ts';
import { readPasswordLink, replacePasswordLink } from './password-link-store.ts';
import { type ByOwner, isStillOwner, type PeopleDeps } from './people-deps.ts';
import { readPerson, readPersonByLogin, waitForTurn } from './staff-store.ts';
import { insertUser } from './user-store.ts';

export type InviteOutcome =
  | { kind: 'invited'; person: StaffView; token: string; expiresAt: number }
  | { kind: 'login-taken' }
  | { kind: 'no-owner' };

export async function invitePerson(
  { database, clock }: PeopleDeps,
  { session, requestId, ...body }: InviteBody & ByOwner,
): Promise<InviteOutcome> {
  const login = normalLogin(body.login);
  const displayName = body.displayName ?? login.slice(0, 80);
  const { role } = body;
  const at = clock.now();
  const link = newPasswordLink(at);
  try {
    return await database.transact('account.invite', async (tx): Promise<InviteOutcome> => {
      await waitForTurn(tx, at);
      const known = await readPersonByLogin(tx, login);
      if (known) {
        const { tokenHash, expiresAt } = link.forUser(known.id);
        // Our own link: an earlier run of this transaction had been committed.
        if (!(await readPasswordLink(tx, tokenHash, at))) return { kind: 'login-taken' };
        return { kind: 'invited', person: known, token: link.token, expiresAt };
      }
      if (!(await isStillOwner(tx, session))) return { kind: 'no-owner' };
      const fields = { kind: 'owner', login, passwordHash: '', displayName, role, status: 'invited' } as const;
      const id = await insertUser(tx, fields, at);
      const stored = link.forUser(id);
      await replacePasswordLink(tx, stored, at);
      const [actor, subject] = [actorName(session.user), `user:${id}`];
      await recordAudit(tx, { at, actor, requestId, action: 'staff.invite', subject, after: { login, role } });
      const person = await readPerson(tx, id);
      if (!person) throw new Error('the person just invited is not there');
      return { kind: 'invited', person, token: link.token, expiresAt: stored.expiresAt };
    });
  } catch (error) {
    if (isDuplicateKey(error)) return { kind: 'login-taken' };
    throw error;
  }
}
