/** A buyer makes an account. Nobody needs one to buy. */

import { normalLogin, type PasswordFault, passwordFault } from '../../contract/credentials.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { isDuplicateKey } from '../platform/db/errors.ts';
import { hashPassword } from './password-hash.ts';
import { type NewSession, newSession, storeSession } from './session.ts';
import { insertUser, readUserByLogin, type User } from './user-store.ts';

export type RegisterOutcome =
  | { kind: 'registered'; session: NewSession; user: User }
  | { kind: 'weak-password'; fault: PasswordFault }
  | { kind: 'login-taken' };

export async function registerBuyer(
  { database, clock }: { database: Database; clock: Clock },
  input: { login: string; password: string; displayName?: string | undefined },
): Promise<RegisterOutcome> {
  const login = normalLogin(input.login);
  const fault = passwordFault(input.password, login);
  if (fault) return { kind: 'weak-password', fault };
  if (await readUserByLogin(database.read, 'buyer', login)) return { kind: 'login-taken' };
  const passwordHash = await hashPassword(input.password);
  const displayName = input.displayName ?? login.split('@')[0]?.slice(0, 80) ?? login;
  const fields = { kind: 'buyer', login, passwordHash, displayName, role: null } as const;
  const session = newSession('buyer');
  try {
    const id = await database.transact('account.register', async (tx) => {
      // The hash is salted: finding our own means that an earlier run of this transaction had been committed.
      const earlier = await readUserByLogin(tx, 'buyer', login);
      if (earlier?.passwordHash === passwordHash) return earlier.id;
      const userId = await insertUser(tx, fields, clock.now());
      await storeSession(tx, session, userId, clock.now());
      return userId;
    });
    return { kind: 'registered', session, user: { id, ...fields } };
  } catch (error) {
    if (isDuplicateKey(error)) return { kind: 'login-taken' };
    throw error;
  }
}
