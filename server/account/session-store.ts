/** The `sessions` table. A session is known by the hash of its token; the token itself is only in the browser's cookie. */

import type { StaffRole } from '../../contract/permissions.ts';
import type { SessionView } from '../../contract/staff.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import { roleOf, type UserKind } from './user-store.ts';

export interface SessionRow {
  tokenHash: string;
  csrfHash: string;
  seenAt: number;
  expiresAt: number;
  /** When its person last proved who they are, after signing in; null: not since. */
  provedAt: number | null;
  user: { id: number; kind: UserKind; login: string; displayName: string; role: StaffRole | null };
}

export async function readSession(db: Db | Tx, tokenHash: string): Promise<SessionRow | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .where('token_hash', '=', tokenHash)
    .where('users.status', '=', 'active')
    .select([
      'csrf_hash',
      'seen_at',
      'expires_at',
      'proved_at',
      'users.id',
      'users.kind',
      'users.login',
      'users.display_name',
      'users.role',
    ])
    .executeTakeFirst();
  if (!row) return undefined;
  const { id, login, display_name: displayName } = row;
  const user = { id, kind: row.kind as UserKind, login, displayName, role: roleOf(row) };
  return {
    tokenHash,
    csrfHash: row.csrf_hash,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
    provedAt: row.proved_at,
    user,
  };
}

/** Where a session was begun, so that its owner knows it again. */
export interface SessionOrigin {
  address?: string | undefined;
  device?: string | undefined;
}

export async function insertSession(
  tx: Tx,
  session: { tokenHash: string; csrfHash: string; userId: number; expiresAt: number } & SessionOrigin,
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
      address: session.address?.slice(0, 64) ?? null,
      device: session.device?.slice(0, 200) ?? null,
    })
    .execute();
}

export async function touchSession(tx: Tx, tokenHash: string, nowMs: number): Promise<void> {
  await tx.updateTable('sessions').set({ seen_at: nowMs }).where('token_hash', '=', tokenHash).execute();
}

export async function noteProof(tx: Tx, tokenHash: string, nowMs: number): Promise<void> {
  await tx.updateTable('sessions').set({ proved_at: nowMs }).where('token_hash', '=', tokenHash).execute();
}

export async function deleteSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
}

/** @returns false when that person has no such session */
export async function deleteSessionOfUser(tx: Tx, userId: number, tokenHash: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('sessions')
    .where('token_hash', '=', tokenHash)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** The last used first. A session's hash is its name here: it opens nothing. */
export async function readSessionsOfUser(
  db: Db,
  { userId, current, seenAfter }: { userId: number; current: string; seenAfter: number },
  nowMs: number,
): Promise<SessionView[]> {
  const rows = await db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('expires_at', '>', nowMs)
    .where('seen_at', '>', seenAfter)
    .orderBy('seen_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.token_hash,
    current: row.token_hash === current,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
    address: row.address,
    device: row.device,
  }));
}

/** @param exceptTokenHash the session in which the password was changed goes on */
export async function deleteSessionsOfUser(tx: Tx, userId: number, exceptTokenHash = ''): Promise<void> {
  await tx.deleteFrom('sessions').where('user_id', '=', userId).where('token_hash', '!=', exceptTokenHash).execute();
}

export async function deleteExpiredSessions(tx: Tx, nowMs: number): Promise<number> {
  const gone = await tx.deleteFrom('sessions').where('expires_at', '<=', nowMs).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
