/** Name, password and, for those who have turned it on, a second factor -> a session. */

import { normalLogin } from '../../contract/credentials.ts';
import { recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { recordEvents } from '../platform/event-store.ts';
import { sha256 } from '../platform/ids.ts';
import { actorName } from './actor-name.ts';
import type { LoginThrottle } from './login-throttle.ts';
import { isPassword } from './password-hash.ts';
import { type CodeProof, proofOf, type SecretBox, spendProof } from './second-factor.ts';
import { readSecondFactor } from './second-factor-store.ts';
import { type NewSession, newSession, storeSession } from './session.ts';
import { readSession } from './session-store.ts';
import { readUserByLogin, type User, type UserKind } from './user-store.ts';

export interface LogInDeps {
  database: Database;
  clock: Clock;
  loginThrottle: LoginThrottle;
  /** Buyers have no second factor. */
  secretBox?: SecretBox;
}
export interface LogInInput {
  kind: UserKind;
  login: string;
  password: string;
  code?: string | undefined;
  address: string;
  device?: string | undefined;
  requestId?: string | undefined;
}
export type LogInOutcome =
  | { kind: 'logged-in'; session: NewSession; user: User }
  | { kind: 'wrong-credentials' }
  | { kind: 'second-factor-needed' }
  | { kind: 'wrong-code' }
  | { kind: 'too-many-tries' };

export async function logIn(deps: LogInDeps, input: LogInInput): Promise<LogInOutcome> {
  const { database, clock, loginThrottle } = deps;
  const { kind, password, address } = input;
  const login = normalLogin(input.login);
  const counted = `${kind} ${login}`;
  if (!(await loginThrottle.countTry(counted, address))) return { kind: 'too-many-tries' };
  const user = await readUserByLogin(database.read, kind, login);
  if (!(await isPassword(password, user?.passwordHash)) || !user) return { kind: 'wrong-credentials' };
  // Until the code is right too the try counts, or whoever has the password could guess codes for ever.
  const factor = await secondFactorOf(deps, user, input.code);
  if (factor.kind !== 'passed') return factor;
  const session = newSession(kind);
  const entered = await database.transact('account.log-in', (tx) =>
    enter(tx, { user, session, proof: factor.proof, input, at: clock.now() }),
  );
  if (!entered) return { kind: 'wrong-code' };
  await loginThrottle.forgive(counted, address);
  return { kind: 'logged-in', session, user };
}

type Passed = { kind: 'passed'; proof?: CodeProof };

async function secondFactorOf(
  { database, clock, secretBox }: LogInDeps,
  user: User,
  code: string | undefined,
): Promise<Passed | { kind: 'second-factor-needed' } | { kind: 'wrong-code' }> {
  if (user.kind !== 'owner') return { kind: 'passed' };
  const factor = await readSecondFactor(database.read, user.id);
  if (factor.onAt === null) return { kind: 'passed' };
  if (code === undefined) return { kind: 'second-factor-needed' };
  if (!secretBox) throw new Error('this process cannot open second factors');
  const proof = proofOf(secretBox, factor, code, clock.now());
  return proof ? { kind: 'passed', proof } : { kind: 'wrong-code' };
}

interface Entry {
  user: User;
  session: NewSession;
  proof: CodeProof | undefined;
  input: LogInInput;
  at: number;
}

async function enter(tx: Tx, { user, session, proof, input, at }: Entry): Promise<boolean> {
  // A code is spent once: when this transaction runs again after an unknown end, the session tells that it had committed.
  if (proof && (await readSession(tx, sha256(session.token)))) return true;
  if (proof && !(await spendProof(tx, user.id, proof))) return false;
  const { address, device, requestId } = input;
  await storeSession(tx, session, user.id, at, { address, device });
  if (user.kind !== 'owner') return true;
  const after = { address, ...(proof && { secondFactor: proof.kind === 'step' ? 'app' : 'recovery code' }) };
  const told = { login: user.login, address, device };
  await recordEvents(tx, [{ event: 'owner.signed-in', about: sha256(session.token), detail: told }], at);
  const subject = `user:${user.id}`;
  await recordAudit(tx, { at, actor: actorName(user), requestId, action: 'owner.log-in', subject, after });
  return true;
}
