/** Whoever holds a link sets the password of the person it was made for. Signing in is a step of its own, with the second factor. */
import { type PasswordFault, passwordFault } from '../../contract/credentials.ts';
import { recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { sha256 } from '../platform/ids.ts';
import { actorName } from './actor-name.ts';
import { hashPassword } from './password-hash.ts';
import { deletePasswordLinks, readPasswordLink, spendPasswordLink } from './password-link-store.ts';
import { deleteSessionsOfUser } from './session-store.ts';
import { activateInvited, readPerson } from './staff-store.ts';
import { readUserByLogin, setPassword } from './user-store.ts';

export type UseLinkOutcome = { kind: 'set' } | { kind: 'weak-password'; fault: PasswordFault } | { kind: 'link-used' };

interface Deps {
  database: Database;
  clock: Clock;
}

/** Whose link it is, or undefined when it opens nothing any more. */
export async function personOfLink({ database, clock }: Deps, token: string) {
  const link = await readPasswordLink(database.read, sha256(token), clock.now());
  const person = link && (await readPerson(database.read, link.userId));
  return person && person.status !== 'disabled' ? person : undefined;
}

export async function setPasswordByLink(
  deps: Deps,
  { token, password, requestId }: { token: string; password: string; requestId?: string | undefined },
): Promise<UseLinkOutcome> {
  const { database, clock } = deps;
  const person = await personOfLink(deps, token);
  if (!person) return { kind: 'link-used' };
  const { id, login } = person;
  const fault = passwordFault(password, login);
  if (fault) return { kind: 'weak-password', fault };
  const passwordHash = await hashPassword(password);
  const tokenHash = sha256(token);
  return database.transact('account.set-password-by-link', async (tx): Promise<UseLinkOutcome> => {
    const at = clock.now();
    // The hash is salted: finding our own means that an earlier run of this transaction had been committed.
    if ((await readUserByLogin(tx, 'owner', login))?.passwordHash === passwordHash) return { kind: 'set' };
    if (!(await readPasswordLink(tx, tokenHash, at))) return { kind: 'link-used' };
    if (!(await spendPasswordLink(tx, tokenHash))) return { kind: 'link-used' };
    const before = await readPerson(tx, id);
    if (!before || before.status === 'disabled') return { kind: 'link-used' };
    await deletePasswordLinks(tx, id);
    await setPassword(tx, id, passwordHash, at);
    await activateInvited(tx, id);
    await deleteSessionsOfUser(tx, id);
    const [actor, subject] = [actorName(before), `user:${id}`];
    const states = { before: { status: before.status }, after: { status: 'active' } };
    await recordAudit(tx, { at, actor, requestId, action: 'staff.set-password', subject, ...states });
    return { kind: 'set' };
  });
}
