/** The `settings` table: small named texts that the whole shop shares. Which names exist is their owners' business. */

import { insertRows } from './db/bulk.ts';
import type { Db, Tx } from './db/database.ts';

export async function readSettings(db: Db | Tx, names: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.selectFrom('settings').select(['name', 'value']).where('name', 'in', names).execute();
  return new Map(rows.map((row) => [row.name, row.value]));
}

export async function readSetting(db: Db | Tx, name: string): Promise<string | undefined> {
  return (await readSettings(db, [name])).get(name);
}

export async function putSetting(tx: Tx, name: string, value: string, nowMs: number): Promise<void> {
  const changed = await tx
    .updateTable('settings')
    .set((eb) => ({ value, updated_at: nowMs, version: eb('version', '+', 1) }))
    .where('name', '=', name)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) await insertRows(tx, 'settings', [{ name, value, updated_at: nowMs }]);
}

/** With the version to change it by. */
export async function readVersionedSetting(
  db: Db | Tx,
  name: string,
): Promise<{ value: string; version: number; updatedAt: number } | undefined> {
  const row = await db.selectFrom('settings').selectAll().where('name', '=', name).executeTakeFirst();
  return row && { value: row.value, version: row.version, updatedAt: row.updated_at };
}

/** @returns false when it is not at that version any more; version 0 is that of a setting that nobody has made yet */
export async function putSettingAt(
  tx: Tx,
  { name, value, version }: { name: string; value: string; version: number },
  nowMs: number,
): Promise<boolean> {
  if (version === 0) return putSettingOnce(tx, name, value, nowMs);
  const changed = await tx
    .updateTable('settings')
    .set({ value, updated_at: nowMs, version: version + 1 })
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** True for the one caller, over all processes, that put it there first. */
export async function putSettingOnce(tx: Tx, name: string, value: string, nowMs: number): Promise<boolean> {
  const rows = [{ name, value, updated_at: nowMs }];
  return (await insertRows(tx, 'settings', rows, { onConflict: 'ignore' })) === 1;
}

/** All whose names begin so. `prefix` is fixed text of our own, ending in a dot. */
export async function readSettingsUnder(db: Db | Tx, prefix: string): Promise<Map<string, string>> {
  const rows = await db.selectFrom('settings').select(['name', 'value']).where('name', 'like', `${prefix}%`).execute();
  return new Map(rows.map((row) => [row.name, row.value]));
}

/** True for the one caller who really removed it. */
export async function removeSetting(tx: Tx, name: string): Promise<boolean> {
  const result = await tx.deleteFrom('settings').where('name', '=', name).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Only if it still says `before` (undefined: is not there). True for the one caller who replaced it. */
export async function replaceSetting(
  tx: Tx,
  name: string,
  before: string | undefined,
  value: string,
  nowMs: number,
): Promise<boolean> {
  if (before === undefined) return putSettingOnce(tx, name, value, nowMs);
  const changed = await tx
    .updateTable('settings')
    .set((eb) => ({ value, updated_at: nowMs, version: eb('version', '+', 1) }))
    .where('name', '=', name)
    .where('value', '=', before)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}
