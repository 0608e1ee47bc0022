/** The `users` table: people at the desk (kind `owner`, whatever their role: staff-store.ts) and buyers with an account. */
import { isStaffRole, type StaffRole } from '../../contract/permissions.ts';
import type { Db, Tx } from '../platform/db/database.ts';

export type UserKind = 'owner' | 'buyer';
export interface User {
  id: number;
  kind: UserKind;
  login: string;
  passwordHash: string;
  displayName: string;
  /** Of people at the desk. Null gives no rights. */
  role: StaffRole | null;
}

/** A row without a role was written by a program that knew only owners; an unknown one by a program that knows more. */
export function roleOf({ kind, role }: { kind: string; role: string | null }): StaffRole | null {
  if (kind !== 'owner') return null;
  if (role === null) return 'owner';
  return isStaffRole(role) ? role : null;
}

export async function readUserByLogin(db: Db | Tx, kind: UserKind, login: string): Promise<User | undefined> {
  const row = await db
    .selectFrom('users')
    .selectAll()
    .where('kind', '=', kind)
    .where('login', '=', login)
    .where('status', '=', 'active')
    .executeTakeFirst();
  if (!row) return undefined;
  const { id, password_hash: passwordHash, display_name: displayName } = row;
  return { id, kind, login, passwordHash, displayName, role: roleOf(row) };
}

export async function ownerExists(db: Db | Tx): Promise<boolean> {
  const query = db
    .selectFrom('users')
    .select(['kind', 'role'])
    .where('kind', '=', 'owner')
    .where('status', '=', 'active');
  return (await query.execute()).some((row) => roleOf(row) === 'owner');
}

/** Throws the duplicate-key error of the database when the login is taken. */
export async function insertUser(
  tx: Tx,
  user: Omit<User, 'id'> & { status?: 'active' | 'invited' },
  nowMs: number,
): Promise<number> {
  const result = await tx
    .insertInto('users')
    .values({
      kind: user.kind,
      login: user.login,
      password_hash: user.passwordHash,
      display_name: user.displayName,
      role: user.role,
      status: user.status ?? 'active',
      created_at: nowMs,
      updated_at: nowMs,
    })
    .executeTakeFirstOrThrow();
  return Number(result.insertId);
}

export async function setDisplayName(tx: Tx, id: number, displayName: string, nowMs: number): Promise<void> {
  await tx
    .updateTable('users')
    .set((eb) => ({ display_name: displayName, updated_at: nowMs, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function setPassword(tx: Tx, id: number, passwordHash: string, nowMs: number): Promise<void> {
  await tx
    .updateTable('users')
    .set((eb) => ({ password_hash: passwordHash, updated_at: nowMs, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}
