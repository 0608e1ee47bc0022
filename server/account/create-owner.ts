/** Whoever holds the one-time link becomes the owner; an owner of that name gets a new password. */

import { normalLogin, type PasswordFault, passwordFault } from '../../contract/credentials.ts';
import { recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { hashPassword } from './password-hash.ts';
import { type NewSession, newSession, storeSession } from './session.ts';
import { deleteSessionsOfUser } from './session-store.ts';
import { isSetupToken, spendSetupToken } from './setup-link.ts';
import { insertUser, readUserByLogin, setPassword, type User } from './user-store.ts';

export type CreateOwnerOutcome =
  | { kind: 'created'; session: NewSession; user: User }
  | { kind: 'weak-password'; fault: PasswordFault }
  | { kind: 'link-used' };

export async function createOwner(
  { database, clock }: { database: Database; clock: Clock },
  input: { token: string; login: string; password: string; displayName?: string | undefined; requestId?: string },
): Promise<CreateOwnerOutcome> {
  const login = normalLogin(input.login);
  // Before the costly hash: a stranger without a link must not make the shop compute.
  if (!(await isSetupToken(database.read, input.token, clock.now()))) return { kind: 'link-used' };
  const fault = passwordFault(input.password, login);
  if (fault) return { kind: 'weak-password', fault };
  const passwordHash = await hashPassword(input.password);
  const fields = { kind: 'owner', login, passwordHash, displayName: input.displayName ?? login.slice(0, 80) } as const;
  const session = newSession('owner');
  return database.transact('account.create-owner', async (tx): Promise<CreateOwnerOutcome> => {
    const at = clock.now();
    const known = await readUserByLogin(tx, 'owner', login);
    // The hash is salted: finding our own means that an earlier run of this transaction had been committed.
    if (known?.passwordHash === passwordHash) return { kind: 'created', session, user: known };
    if (!(await spendSetupToken(tx, input.token, at))) return { kind: 'link-used' };
    const id = known ? await replacePassword(tx, known.id, passwordHash, at) : await insertUser(tx, fields, at);
    await storeSession(tx, session, id, at);
    const [actor, action] = [`owner:${login}`, known ? 'owner.reset-password' : 'owner.create'];
    await recordAudit(tx, { at, actor, requestId: input.requestId, action, subject: `user:${id}`, after: { login } });
    return { kind: 'created', session, user: { id, ...fields, displayName: known?.displayName ?? fields.displayName } };
  });
}

async function replacePassword(tx: Tx, id: number, passwordHash: string, nowMs: number): Promise<number> {
  await setPassword(tx, id, passwordHash, nowMs);
  await deleteSessionsOfUser(tx, id);
  return id;
}
