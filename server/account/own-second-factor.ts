/** A person sets up a second factor, proves it, renews the recovery codes, or turns it off. The password is asked for each. */
import { recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { actorName } from './actor-name.ts';
import type { LoginThrottle } from './login-throttle.ts';
import { isPassword } from './password-hash.ts';
import { newRecoveryCodes } from './recovery-codes.ts';
import { boxOwner, openSecret, type SecretBox } from './second-factor.ts';
import {
  beginSecondFactor,
  readSecondFactor,
  removeSecondFactor,
  replaceRecoveryCodes,
  spendStep,
  turnOnSecondFactor,
} from './second-factor-store.ts';
import type { SessionRow } from './session-store.ts';
import { base32, newTotpSecret, otpauthUri, stepOfCode } from './totp.ts';
import { readUserByLogin } from './user-store.ts';

export interface OwnFactorDeps {
  database: Database;
  clock: Clock;
  loginThrottle: LoginThrottle;
  secretBox: SecretBox;
}

export interface WithPassword {
  session: SessionRow;
  password: string;
  address: string;
  requestId: string;
}

type NotProved = { kind: 'wrong-credentials' } | { kind: 'too-many-tries' };
type WrongState = { kind: 'state-conflict' };

/** Whoever sits at an unlocked screen must not be able to lock its person out. */
async function provePassword(
  { database, loginThrottle }: OwnFactorDeps,
  { session: { user }, password, address }: WithPassword,
): Promise<NotProved | undefined> {
  const counted = `${user.kind} ${user.login}`;
  if (!(await loginThrottle.countTry(counted, address))) return { kind: 'too-many-tries' };
  const known = await readUserByLogin(database.read, user.kind, user.login);
  if (!(await isPassword(password, known?.passwordHash))) return { kind: 'wrong-credentials' };
  await loginThrottle.forgive(counted, address);
  return undefined;
}

/** The secret is told this once; nothing is asked for at the next sign-in until a code of it was confirmed. */
export async function enrol(
  deps: OwnFactorDeps,
  input: WithPassword & { issuer: string },
): Promise<{ kind: 'begun'; secret: string; uri: string } | NotProved | WrongState> {
  const refusal = await provePassword(deps, input);
  if (refusal) return refusal;
  const { id, login } = input.session.user;
  const secret = newTotpSecret();
  const sealed = deps.secretBox.seal(boxOwner(id), secret.toString('base64'));
  const begun = await deps.database.transact('account.enrol', (tx) => beginSecondFactor(tx, id, sealed));
  if (!begun) return { kind: 'state-conflict' };
  return { kind: 'begun', secret: base32(secret), uri: otpauthUri({ issuer: input.issuer, login, secret }) };
}

/** A code proves that the app has the secret; from now on one is asked for. */
export async function confirmSecondFactor(
  { database, clock, secretBox }: OwnFactorDeps,
  { session, code, requestId }: { session: SessionRow; code: string; requestId: string },
): Promise<{ kind: 'on'; recoveryCodes: string[] } | { kind: 'wrong-code' } | WrongState> {
  const { id } = session.user;
  const factor = await readSecondFactor(database.read, id);
  const secret = openSecret(secretBox, factor);
  if (!secret || factor.onAt !== null) return { kind: 'state-conflict' };
  const step = stepOfCode(secret, code.replace(/[\s-]/g, ''), clock.now());
  if (step === undefined) return { kind: 'wrong-code' };
  const { codes, hashes } = newRecoveryCodes();
  return database.transact('account.confirm-second-factor', async (tx) => {
    const at = clock.now();
    if (!(await turnOnSecondFactor(tx, id, at))) {
      // Our own codes are in: an earlier run of this transaction had been committed.
      const { recoveryCodes } = await readSecondFactor(tx, id);
      return hashes.every((one) => recoveryCodes.has(one))
        ? { kind: 'on', recoveryCodes: codes }
        : { kind: 'state-conflict' };
    }
    await spendStep(tx, id, step);
    await replaceRecoveryCodes(tx, id, hashes, at);
    const [actor, subject] = [actorName(session.user), `user:${id}`];
    const states = { before: { secondFactor: false }, after: { secondFactor: true } };
    await recordAudit(tx, { at, actor, requestId, action: 'user.second-factor-on', subject, ...states });
    return { kind: 'on', recoveryCodes: codes };
  });
}

export async function renewRecoveryCodes(
  deps: OwnFactorDeps,
  input: WithPassword,
): Promise<{ kind: 'renewed'; recoveryCodes: string[] } | NotProved | WrongState> {
  const refusal = await provePassword(deps, input);
  if (refusal) return refusal;
  const { session, requestId } = input;
  const { id } = session.user;
  const { codes, hashes } = newRecoveryCodes();
  return deps.database.transact('account.renew-recovery-codes', async (tx) => {
    const at = deps.clock.now();
    const { onAt, recoveryCodes } = await readSecondFactor(tx, id);
    if (onAt === null) return { kind: 'state-conflict' };
    await replaceRecoveryCodes(tx, id, hashes, at);
    const [actor, subject] = [actorName(session.user), `user:${id}`];
    const states = { before: { codes: recoveryCodes.size }, after: { codes: hashes.length } };
    await recordAudit(tx, { at, actor, requestId, action: 'user.renew-recovery-codes', subject, ...states });
    return { kind: 'renewed', recoveryCodes: codes };
  });
}

export async function turnOffSecondFactor(
  deps: OwnFactorDeps,
  input: WithPassword,
): Promise<{ kind: 'off' } | NotProved> {
  const refusal = await provePassword(deps, input);
  if (refusal) return refusal;
  const { session, requestId } = input;
  const { id } = session.user;
  return deps.database.transact('account.second-factor-off', async (tx) => {
    const wasOn = (await readSecondFactor(tx, id)).onAt !== null;
    await removeSecondFactor(tx, id);
    if (!wasOn) return { kind: 'off' };
    const [at, actor, subject] = [deps.clock.now(), actorName(session.user), `user:${id}`];
    const states = { before: { secondFactor: true }, after: { secondFactor: false } };
    await recordAudit(tx, { at, actor, requestId, action: 'user.second-factor-off', subject, ...states });
    return { kind: 'off' };
  });
}
