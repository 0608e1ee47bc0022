/** Name and password -> a session. */

import { normalLogin } from '../../contract/credentials.ts';
import { recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { LoginThrottle } from './login-throttle.ts';
import { isPassword } from './password-hash.ts';
import { type NewSession, newSession, storeSession } from './session.ts';
import { readUserByLogin, type User, type UserKind } from './user-store.ts';

export interface LogInDeps {
  database: Database;
  clock: Clock;
  loginThrottle: LoginThrottle;
}
export interface LogInInput {
  kind: UserKind;
  login: string;
  password: string;
  address: string;
  requestId?: string | undefined;
}
export type LogInOutcome =
  | { kind: 'logged-in'; session: NewSession; user: User }
  | { kind: 'wrong-credentials' }
  | { kind: 'too-many-tries' };

export async function logIn(deps: LogInDeps, input: LogInInput): Promise<LogInOutcome> {
  const { database, clock, loginThrottle } = deps;
  const { kind, password, address, requestId } = input;
  const login = normalLogin(input.login);
  const counted = `${kind} ${login}`;
  if (!(await loginThrottle.countTry(counted, address))) return { kind: 'too-many-tries' };
  const user = await readUserByLogin(database.read, kind, login);
  if (!(await isPassword(password, user?.passwordHash)) || !user) return { kind: 'wrong-credentials' };
  await loginThrottle.forgive(counted, address);
  const session = newSession(kind);
  const at = clock.now();
  await database.transact('account.log-in', async (tx) => {
    await storeSession(tx, session, user.id, at);
    if (kind !== 'owner') return;
    const actor = `owner:${login}`;
    await recordAudit(tx, {
      at,
      actor,
      requestId,
      action: 'owner.log-in',
      subject: `user:${user.id}`,
      after: { address },
    });
  });
  return { kind: 'logged-in', session, user };
}
