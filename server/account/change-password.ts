/** A person who knows the old password sets a new one; all other sessions end. */

import { type PasswordFault, passwordFault } from '../../contract/credentials.ts';
import { recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { actorName } from './actor-name.ts';
import type { LoginThrottle } from './login-throttle.ts';
import { hashPassword, isPassword } from './password-hash.ts';
import { deleteSessionsOfUser, type SessionRow } from './session-store.ts';
import { readUserByLogin, setPassword } from './user-store.ts';

export type ChangePasswordOutcome =
  | { kind: 'changed' }
  | { kind: 'wrong-credentials' }
  | { kind: 'too-many-tries' }
  | { kind: 'weak-password'; fault: PasswordFault };

export async function changePassword(
  { database, clock, loginThrottle }: { database: Database; clock: Clock; loginThrottle: LoginThrottle },
  input: { session: SessionRow; current: string; next: string; address: string; requestId?: string | undefined },
): Promise<ChangePasswordOutcome> {
  const { session, address, requestId } = input;
  const { id, kind, login } = session.user;
  const counted = `${kind} ${login}`;
  if (!(await loginThrottle.countTry(counted, address))) return { kind: 'too-many-tries' };
  const user = await readUserByLogin(database.read, kind, login);
  if (!(await isPassword(input.current, user?.passwordHash))) return { kind: 'wrong-credentials' };
  await loginThrottle.forgive(counted, address);
  const fault = passwordFault(input.next, login);
  if (fault) return { kind: 'weak-password', fault };
  const passwordHash = await hashPassword(input.next);
  const at = clock.now();
  await database.transact('account.change-password', async (tx) => {
    await setPassword(tx, id, passwordHash, at);
    await deleteSessionsOfUser(tx, id, session.tokenHash);
    const actor = kind === 'owner' ? actorName(session.user) : `${kind}:${login}`;
    await recordAudit(tx, { at, actor, requestId, action: 'user.change-password', subject: `user:${id}` });
  });
  return { kind: 'changed' };
}
