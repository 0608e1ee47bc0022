/**
 * A session: a secret in an HttpOnly cookie, known here by its hash, and a second secret (CSRF) that our own page
 * sends as a header. The second follows from the first, so that a page loaded again can be told it.
 */
import type { Clock } from '../platform/clock.ts';
import type { Database, Db, Tx } from '../platform/db/database.ts';
import { secretToken, sha256 } from '../platform/ids.ts';
import { equalSecret } from '../platform/secrets.ts';
import { deleteExpiredSessions, insertSession, readSession, type SessionRow, touchSession } from './session-store.ts';
import type { UserKind } from './user-store.ts';

const hourMs = 3_600_000;
/** An owner's session ends after a day without use; a buyer's lasts, because it shows only what a mail shows too. */
export const sessionAges: Record<UserKind, { maxMs: number; idleMs: number }> = {
  owner: { maxMs: 7 * 24 * hourMs, idleMs: 24 * hourMs },
  buyer: { maxMs: 30 * 24 * hourMs, idleMs: 30 * 24 * hourMs },
};
/** How exactly `seen_at` is kept: one write in five minutes is enough for an idle limit of hours. */
const touchEveryMs = 5 * 60_000;

export interface NewSession {
  token: string;
  csrfToken: string;
  maxAgeMs: number;
}

/** Made before the transaction that stores it. */
export function newSession(kind: UserKind): NewSession {
  const token = secretToken();
  return { token, csrfToken: csrfTokenOf(token), maxAgeMs: sessionAges[kind].maxMs };
}

export function csrfTokenOf(sessionToken: string): string {
  return sha256(`csrf ${sessionToken}`);
}

export async function storeSession(tx: Tx, session: NewSession, userId: number, nowMs: number): Promise<void> {
  await deleteExpiredSessions(tx, nowMs);
  const { token, csrfToken, maxAgeMs } = session;
  const row = { tokenHash: sha256(token), csrfHash: sha256(csrfToken), userId, expiresAt: nowMs + maxAgeMs };
  await insertSession(tx, row, nowMs);
}

/** The session that a cookie proves, if it is of that kind and still good. */
export async function identifySession(
  { database, clock }: { database: Database; clock: Clock },
  kind: UserKind,
  token: string,
): Promise<SessionRow | undefined> {
  const session = await readSession(database.read, sha256(token));
  const now = clock.now();
  if (!session || session.user.kind !== kind) return undefined;
  if (session.expiresAt <= now || session.seenAt + sessionAges[kind].idleMs <= now) return undefined;
  if (session.seenAt + touchEveryMs <= now) {
    await database.transact('account.touch-session', (tx) => touchSession(tx, session.tokenHash, now));
  }
  return session;
}

/** What may be kept of a session's token where the session cannot be looked up yet. */
export function sessionHash(token: string): string {
  return sha256(token);
}

/** Whose session it was at that moment (UTC ms); null for one that was not good then, or has been ended since. */
export async function buyerOfSession(db: Db, tokenHash: string, atMs: number): Promise<number | null> {
  const session = await readSession(db, tokenHash);
  if (session?.user.kind !== 'buyer' || session.expiresAt <= atMs) return null;
  return session.seenAt + sessionAges.buyer.idleMs > atMs ? session.user.id : null;
}

export function isCsrfToken(session: SessionRow, header: unknown): boolean {
  return typeof header === 'string' && equalSecret(sha256(header), session.csrfHash);
}
