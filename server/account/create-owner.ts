/** Whoever holds the one-time link becomes an owner; somebody of that name gets a new password and, if need be, the role back. */

import { normalLogin, type PasswordFault, passwordFault } from '../../contract/credentials.ts';
import { recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { hashPassword } from './password-hash.ts';
import { removeSecondFactor } from './second-factor-store.ts';
import { type NewSession, newSession, storeSession } from './session.ts';
import { deleteSessionsOfUser, type SessionOrigin } from './session-store.ts';
import { isSetupToken, spendSetupToken } from './setup-link.ts';
import { readPersonByLogin, updatePerson, waitForTurn } from './staff-store.ts';
import { insertUser, readUserByLogin, setPassword, type User } from './user-store.ts';

export type CreateOwnerOutcome =
  | { kind: 'created'; session: NewSession; user: User }
  | { kind: 'weak-password'; fault: PasswordFault }
  | { kind: 'link-used' };

export interface CreateOwnerInput extends SessionOrigin {
  token: string;
  login: string;
  password: string;
  displayName?: string | undefined;
  requestId?: string;
}

export async function createOwner(
  { database, clock }: { database: Database; clock: Clock },
  input: CreateOwnerInput,
): Promise<CreateOwnerOutcome> {
  const login = normalLogin(input.login);
  // Before the costly hash: a stranger without a link must not make the shop compute.
  if (!(await isSetupToken(database.read, input.token, clock.now()))) return { kind: 'link-used' };
  const fault = passwordFault(input.password, login);
  if (fault) return { kind: 'weak-password', fault };
  const passwordHash = await hashPassword(input.password);
  const displayName = input.displayName ?? login.slice(0, 80);
  const fields = { kind: 'owner', login, passwordHash, displayName, role: 'owner' } as const;
  const session = newSession('owner');
  return database.transact('account.create-owner', async (tx): Promise<CreateOwnerOutcome> => {
    const at = clock.now();
    await waitForTurn(tx, at);
    const earlier = await readUserByLogin(tx, 'owner', login);
    // The hash is salted: finding our own means that an earlier run of this transaction had been committed.
    if (earlier?.passwordHash === passwordHash) return { kind: 'created', session, user: earlier };
    if (!(await spendSetupToken(tx, input.token, at))) return { kind: 'link-used' };
    const known = await readPersonByLogin(tx, login);
    const id = known ? known.id : await insertUser(tx, fields, at);
    if (known) await makeOwner(tx, known, passwordHash, at);
    await storeSession(tx, session, id, at, { address: input.address, device: input.device });
    const actor = `owner:${login}`;
    const action = known ? 'owner.reset-password' : 'owner.create';
    const before = known && { role: known.role, status: known.status, secondFactor: known.secondFactor };
    const after = { login, role: 'owner', status: 'active', secondFactor: false };
    await recordAudit(tx, { at, actor, requestId: input.requestId, action, subject: `user:${id}`, before, after });
    return { kind: 'created', session, user: { id, ...fields, displayName: known?.displayName ?? displayName } };
  });
}

/** The link comes from the machine of the shop itself: who holds it gets in, also without the phone that was lost. */
async function makeOwner(
  tx: Tx,
  known: { id: number; version: number; displayName: string },
  passwordHash: string,
  nowMs: number,
): Promise<void> {
  const { id, displayName } = known;
  await updatePerson(tx, known, { role: 'owner', status: 'active', displayName }, nowMs);
  await setPassword(tx, id, passwordHash, nowMs);
  await removeSecondFactor(tx, id);
  await deleteSessionsOfUser(tx, id);
}
