/** What the database server says about itself. */
import { CompiledQuery } from 'kysely';
import type { Db } from '../../platform/db/database.ts';

async function rowsOf<Row>(db: Db, text: string): Promise<Row[]> {
  return (await db.executeQuery<Row>(CompiledQuery.raw(text))).rows;
}

/** Variables of a MySQL server by lower-case name; one it does not have is missing. */
export async function serverVariables(db: Db, names: readonly string[]): Promise<Map<string, string>> {
  const list = names.map((name) => `'${name}'`).join(', ');
  const rows = await rowsOf<{ Variable_name: string; Value: string }>(
    db,
    `SHOW GLOBAL VARIABLES WHERE variable_name IN (${list})`,
  );
  return new Map(rows.map((row) => [row.Variable_name.toLowerCase(), row.Value]));
}

/** Isolation of our own sessions, and the time of the server in UTC ms. */
export async function mysqlSession(db: Db): Promise<{ isolation: string; nowMs: number }> {
  const [variable] = await rowsOf<{ Value: string }>(
    db,
    "SHOW SESSION VARIABLES WHERE variable_name IN ('tx_isolation', 'transaction_isolation')",
  );
  const [time] = await rowsOf<{ ms: number }>(db, 'SELECT UNIX_TIMESTAMP(NOW(3)) * 1000 AS ms');
  return { isolation: variable?.Value ?? 'unknown', nowMs: Number(time?.ms) };
}

export async function sqliteFacts(db: Db): Promise<{ version: string; journalMode: string; damage: string[] }> {
  const [version] = await rowsOf<{ v: string }>(db, 'SELECT sqlite_version() AS v');
  const [mode] = await rowsOf<{ journal_mode: string }>(db, 'PRAGMA journal_mode');
  const check = await rowsOf<{ quick_check: string }>(db, 'PRAGMA quick_check(10)');
  const damage = check.map((row) => row.quick_check).filter((line) => line !== 'ok');
  return { version: version?.v ?? 'unknown', journalMode: mode?.journal_mode ?? 'unknown', damage };
}

/** When the newest order was placed: a clock behind it has been set back. */
export async function newestOrderAt(db: Db): Promise<number> {
  const row = await db.selectFrom('orders').select('created_at').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row?.created_at ?? 0;
}
