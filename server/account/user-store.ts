/** The `users` table: owners, who administer the shop, and buyers with an account. */
import type { Db, Tx } from '../platform/db/database.ts';

export type UserKind = 'owner' | 'buyer';
export interface User {
  id: number;
  kind: UserKind;
  login: string;
  passwordHash: string;
  displayName: string;
}

export async function readUserByLogin(db: Db | Tx, kind: UserKind, login: string): Promise<User | undefined> {
  const row = await db
    .selectFrom('users')
    .selectAll()
    .where('kind', '=', kind)
    .where('login', '=', login)
    .where('status', '=', 'active')
    .executeTakeFirst();
  return row && { id: row.id, kind, login, passwordHash: row.password_hash, displayName: row.display_name };
}

export async function ownerExists(db: Db | Tx): Promise<boolean> {
  const query = db.selectFrom('users').select('id').where('kind', '=', 'owner').where('status', '=', 'active').limit(1);
  return (await query.executeTakeFirst()) !== undefined;
}

/** Throws the duplicate-key error of the database when the login is taken. */
export async function insertUser(tx: Tx, user: Omit<User, 'id'>, nowMs: number): Promise<number> {
  const result = await tx
    .insertInto('users')
    .values({
      kind: user.kind,
      login: user.login,
      password_hash: user.passwordHash,
      display_name: user.displayName,
      created_at: nowMs,
      updated_at: nowMs,
    })
    .executeTakeFirstOrThrow();
  return Number(result.insertId);
}

export async function setPassword(tx: Tx, id: number, passwordHash: string, nowMs: number): Promise<void> {
  await tx
    .updateTable('users')
    .set((eb) => ({ password_hash: passwordHash, updated_at: nowMs, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}
