/** The `password_links` table: one-time links by which a person sets a password. Only the hash of the token is kept. */
import type { Db, Tx } from '../platform/db/database.ts';

export interface PasswordLink {
  tokenHash: string;
  userId: number;
  expiresAt: number;
}

/** The newest link ends the ones before. Writing the same link again is no error. */
export async function replacePasswordLink(tx: Tx, link: PasswordLink, nowMs: number): Promise<void> {
  await deletePasswordLinks(tx, link.userId);
  await tx
    .insertInto('password_links')
    .values({ token_hash: link.tokenHash, user_id: link.userId, created_at: nowMs, expires_at: link.expiresAt })
    .execute();
}

export async function readPasswordLink(
  db: Db | Tx,
  tokenHash: string,
  nowMs: number,
): Promise<PasswordLink | undefined> {
  const row = await db
    .selectFrom('password_links')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', nowMs)
    .executeTakeFirst();
  return row && { tokenHash, userId: row.user_id, expiresAt: row.expires_at };
}

/** True for the one caller who used it. */
export async function spendPasswordLink(tx: Tx, tokenHash: string): Promise<boolean> {
  const result = await tx.deleteFrom('password_links').where('token_hash', '=', tokenHash).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export async function deletePasswordLinks(tx: Tx, userId: number): Promise<void> {
  await tx.deleteFrom('password_links').where('user_id', '=', userId).execute();
}
