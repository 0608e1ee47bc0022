/** Puts rows of any table back, for restoring; and looks at a database before that is done to it. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { CompiledQuery } from 'kysely';
import { insertRows, isMysql } from './bulk.ts';
import type { Database } from './database.ts';
import { type Endpoint, parseEndpoints } from './hosts/endpoints.ts';
import { openSession } from './hosts/host-session.ts';
import { sqlitePath } from './open-database.ts';
import type { Cell } from './snapshot.ts';
import type { Tables } from './tables.ts';

/** A database that does not answer is waited for: half a restore is no shop. */
const deadlineMs = 120_000;

export async function putRows(
  database: Database,
  table: string,
  columns: readonly string[],
  rows: readonly Cell[][],
): Promise<void> {
  const objects = rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])));
  await database.transact(
    `restore.${table}`,
    // Rows that are there already came with the first run of a transaction whose COMMIT was lost from sight.
    (tx) => insertRows(tx, table as keyof Tables, objects as never, { onConflict: 'ignore' }),
    { deadlineMs },
  );
}

/** New rows of the table get ids above `id`. */
export async function raiseRowIds(database: Database, table: keyof Tables & string, id: number): Promise<void> {
  await database.transact('restore.raise-ids', async (tx) => {
    const run = (text: string, params: unknown[] = []) => tx.executeQuery(CompiledQuery.raw(text, params));
    if (isMysql(tx)) return run(`ALTER TABLE ${table} AUTO_INCREMENT = ${Math.trunc(id) + 1}`);
    await run(
      'INSERT INTO sqlite_sequence (name, seq) SELECT ?, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?)',
      [table, table],
    );
    return run('UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = ?', [Math.trunc(id), table]);
  });
}

export async function dropAllTables(database: Database): Promise<void> {
  const tables = await database.read.introspection.getTables();
  for (const { name } of tables) {
    await database.transact('restore.drop', (tx) => tx.executeQuery(CompiledQuery.raw(`DROP TABLE \`${name}\``)));
  }
}

/** Whether another process has the database open: the shop must be stopped before it is replaced. */
export async function isInUse(url: string): Promise<boolean> {
  if (!url.startsWith('sqlite:')) return hasOtherConnections(url);
  const path = sqlitePath(url);
  if (!existsSync(path)) return false;
  const database = new DatabaseSync(path, { timeout: 1000 });
  try {
    // Only the last connection may leave WAL mode; whoever opens the file next turns it on again.
    database.exec('PRAGMA journal_mode = DELETE');
    return false;
  } catch {
    return true;
  } finally {
    database.close();
  }
}

/** On any of its hosts: whoever writes to one that is not the writer is in the way as well. */
async function hasOtherConnections(url: string): Promise<boolean> {
  const { writers } = parseEndpoints(url);
  const counts = await Promise.allSettled(writers.map(connectionsTo));
  const known = counts.filter((one) => one.status === 'fulfilled').map((one) => one.value);
  if (known.length === 0) throw (counts[0] as PromiseRejectedResult).reason;
  return known.some((connections) => connections > 0);
}

/** Ours has no database chosen, so it is not among them; nor are those of processes that only watch. */
async function connectionsTo(endpoint: Endpoint): Promise<number> {
  const session = await openSession(endpoint, { connectWithinMs: 5000, answerWithinMs: () => 10_000 });
  try {
    const count = 'SELECT COUNT(*) AS others FROM information_schema.processlist WHERE db = ?';
    return Number((await session.rows(count, [endpoint.database]))[0]?.others);
  } finally {
    session.close();
  }
}
