/** The people at the desk: rows of `users` that are not buyers, with their roles. */
import type { Selectable } from 'kysely';
import type { StaffRole } from '../../contract/permissions.ts';
import type { StaffStatus, StaffView } from '../../contract/staff.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { UsersTable } from '../platform/db/tables.ts';
import { putSetting } from '../platform/settings-store.ts';
import { roleOf } from './user-store.ts';

function staffView(row: Selectable<UsersTable>): StaffView {
  return {
    id: row.id,
    login: row.login,
    displayName: row.display_name,
    role: roleOf(row),
    status: row.status as StaffStatus,
    secondFactor: row.totp_on_at !== null,
    createdAt: row.created_at,
    version: row.version,
  };
}

export async function readStaff(db: Db | Tx): Promise<StaffView[]> {
  const rows = await db.selectFrom('users').selectAll().where('kind', '=', 'owner').orderBy('id').execute();
  return rows.map(staffView);
}

export async function readPerson(db: Db | Tx, id: number): Promise<StaffView | undefined> {
  const query = db.selectFrom('users').selectAll().where('kind', '=', 'owner').where('id', '=', id);
  const row = await query.executeTakeFirst();
  return row && staffView(row);
}

export async function readPersonByLogin(db: Db | Tx, login: string): Promise<StaffView | undefined> {
  const query = db.selectFrom('users').selectAll().where('kind', '=', 'owner').where('login', '=', login);
  const row = await query.executeTakeFirst();
  return row && staffView(row);
}

/**
 * Changes of people happen one after the other. All write this row first: its lock holds within one database, and on a
 * cluster that is written at two nodes the second to commit is refused and runs again.
 */
export function waitForTurn(tx: Tx, nowMs: number): Promise<void> {
  return putSetting(tx, 'people.turn', String(nowMs), nowMs);
}

export interface PersonChange {
  role: StaffRole | null;
  status: StaffStatus;
  displayName: string;
}

/** @returns false when the version is not the one on record */
export async function updatePerson(
  tx: Tx,
  { id, version }: { id: number; version: number },
  { role, status, displayName }: PersonChange,
  nowMs: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('users')
    .set({ role, status, display_name: displayName, updated_at: nowMs, version: version + 1 })
    .where('id', '=', id)
    .where('kind', '=', 'owner')
    .where('version', '=', version)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Invited people become active with their first password; a disabled one does not come back by a link. */
export async function activateInvited(tx: Tx, id: number): Promise<void> {
  await tx
    .updateTable('users')
    .set({ status: 'active' })
    .where('id', '=', id)
    .where('status', '=', 'invited')
    .execute();
}
