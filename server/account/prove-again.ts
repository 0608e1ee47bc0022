/**
 * Somebody who is signed in proves once more that it is they who sit there: with the password, or with a code of their
 * second factor. What takes secrets out of the shop asks for a proof not older than `proofLifeMs`.
 */
import { recordAudit } from '../platform/audit-store.ts';
import { actorName } from './actor-name.ts';
import type { OwnFactorDeps } from './own-second-factor.ts';
import { isPassword } from './password-hash.ts';
import { type CodeProof, proofOf, spendProof } from './second-factor.ts';
import { readSecondFactor } from './second-factor-store.ts';
import { noteProof, readSession, type SessionRow } from './session-store.ts';
import { readUserByLogin } from './user-store.ts';

export const proofLifeMs = 5 * 60_000;

export function isProved(session: Pick<SessionRow, 'provedAt'>, nowMs: number): boolean {
  const { provedAt } = session;
  return provedAt !== null && provedAt <= nowMs && nowMs - provedAt < proofLifeMs;
}

export interface ProveInput {
  session: SessionRow;
  /** One of the two. */
  password?: string | undefined;
  code?: string | undefined;
  address: string;
  requestId: string;
}

export type ProveOutcome =
  | { kind: 'proved'; until: number }
  | { kind: 'wrong-credentials' }
  | { kind: 'wrong-code' }
  | { kind: 'too-many-tries' };

/** Tries count as those of signing in do: an unlocked screen is no place to guess at. */
export async function proveAgain(deps: OwnFactorDeps, input: ProveInput): Promise<ProveOutcome> {
  const { database, clock, loginThrottle } = deps;
  const { session, address, requestId } = input;
  const { user } = session;
  const counted = `${user.kind} ${user.login}`;
  if (!(await loginThrottle.countTry(counted, address))) return { kind: 'too-many-tries' };
  const found = await proofIn(deps, input);
  if (found.kind !== 'right') return found;
  const at = clock.now();
  const noted = await database.transact('account.prove', async (tx) => {
    // Run again after a commit of unknown end: the code is spent, and the session says by whom.
    const again = (await readSession(tx, session.tokenHash))?.provedAt === at;
    if (found.proof && !again && !(await spendProof(tx, user.id, found.proof))) return false;
    await noteProof(tx, session.tokenHash, at);
    if (again) return true;
    const after = { by: found.proof ? 'second factor' : 'password' };
    const entry = {
      at,
      actor: actorName(user),
      requestId,
      action: 'user.prove' as const,
      subject: `user:${user.id}`,
      after,
    };
    await recordAudit(tx, entry);
    return true;
  });
  if (!noted) return { kind: 'wrong-code' };
  await loginThrottle.forgive(counted, address);
  return { kind: 'proved', until: at + proofLifeMs };
}

type Found = { kind: 'right'; proof?: CodeProof } | { kind: 'wrong-credentials' } | { kind: 'wrong-code' };

async function proofIn({ database, clock, secretBox }: OwnFactorDeps, input: ProveInput): Promise<Found> {
  const { user } = input.session;
  if (input.code !== undefined) {
    const factor = await readSecondFactor(database.read, user.id);
    // A secret that was never confirmed proves nothing.
    const proof = factor.onAt === null ? undefined : proofOf(secretBox, factor, input.code, clock.now());
    return proof ? { kind: 'right', proof } : { kind: 'wrong-code' };
  }
  const known = await readUserByLogin(database.read, user.kind, user.login);
  const right = await isPassword(input.password ?? '', known?.passwordHash);
  return right ? { kind: 'right' } : { kind: 'wrong-credentials' };
}
