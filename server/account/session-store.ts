/** The `sessions` table. A session is known by the hash of its token; the token itself is only in the browser's cookie. */
import type { Db, Tx } from '../platform/db/database.ts';
import type { UserKind } from './user-store.ts';

export interface SessionRow {
  tokenHash: string;
  csrfHash: string;
  seenAt: number;
  expiresAt: number;
  user: { id: number; kind: UserKind; login: string; displayName: string };
}

export async function readSession(db: Db, tokenHash: string): Promise<SessionRow | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .where('token_hash', '=', tokenHash)
    .where('users.status', '=', 'active')
    .select(['csrf_hash', 'seen_at', 'expires_at', 'users.id', 'users.kind', 'users.login', 'users.display_name'])
    .executeTakeFirst();
  if (!row) return undefined;
  const user = { id: row.id, kind: row.kind as UserKind, login: row.login, displayName: row.display_name };
  return { tokenHash, csrfHash: row.csrf_hash, seenAt: row.seen_at, expiresAt: row.expires_at, user };
}

export async function insertSession(
  tx: Tx,
  session: { tokenHash: string; csrfHash: string; userId: number; expiresAt: number },
  nowMs: number,
): Promise<void> {
  await tx
    .insertInto('sessions')
    .values({
      token_hash: session.tokenHash,
      user_id: session.userId,
      csrf_hash: session.csrfHash,
      created_at: nowMs,
      seen_at: nowMs,
      expires_at: session.expiresAt,
    })
    .execute();
}

export async function touchSession(tx: Tx, tokenHash: string, nowMs: number): Promise<void> {
  await tx.updateTable('sessions').set({ seen_at: nowMs }).where('token_hash', '=', tokenHash).execute();
}

export async function deleteSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
}

/** @param exceptTokenHash the session in which the password was changed goes on */
export async function deleteSessionsOfUser(tx: Tx, userId: number, exceptTokenHash = ''): Promise<void> {
  await tx.deleteFrom('sessions').where('user_id', '=', userId).where('token_hash', '!=', exceptTokenHash).execute();
}

export async function deleteExpiredSessions(tx: Tx, nowMs: number): Promise<number> {
  const gone = await tx.deleteFrom('sessions').where('expires_at', '<=', nowMs).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
