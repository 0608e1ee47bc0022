/**
 * One SQLite connection in a thread of its own, so that neither an fsync nor a long scan stops the event loop.
 * Speaks with sqlite-dialect.ts: {id, sql, params} or {id, sql, rows} (the same statement over many rows).
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

export interface SqliteCall {
  id: number;
  sql: string;
  params?: SQLInputValue[];
  /** The statement is run once for each row, and the changes are added up. */
  rows?: SQLInputValue[][];
}
export type SqliteAnswer =
  | { id: number; rows: Record<string, unknown>[]; changes: number; insertId: number }
  | { id: number; error: { message: string; errcode?: number; code?: string } };

const { path, readOnly } = workerData as { path: string; readOnly: boolean };
const database = new DatabaseSync(path, { readOnly, timeout: 5000 });
if (!readOnly) database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
// 64 MB of page cache and 1 GB mapped: with a million cards, random index pages would otherwise be read again and again.
database.exec(
  'PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY;',
);

const maxStatements = 300;
const statements = new Map<string, StatementSync>();
function prepared(sql: string): StatementSync {
  let statement = statements.get(sql);
  if (statement) {
    // The oldest key is dropped first; putting a used one back at the end makes this an LRU.
    statements.delete(sql);
    statements.set(sql, statement);
    return statement;
  }
  statement = database.prepare(sql);
  statements.set(sql, statement);
  if (statements.size > maxStatements) statements.delete(statements.keys().next().value as string);
  return statement;
}

function execute(call: SqliteCall): SqliteAnswer {
  if (call.rows) {
    const statement = prepared(call.sql);
    if (statement.columns().length > 0) {
      const all = call.rows.flatMap((row) => statement.all(...row) as Record<string, unknown>[]);
      return { id: call.id, rows: all, changes: 0, insertId: 0 };
    }
    let changes = 0;
    for (const row of call.rows) changes += Number(statement.run(...row).changes);
    return { id: call.id, rows: [], changes, insertId: 0 };
  }
  const params = call.params ?? [];
  if (
    params.length === 0 &&
    /^\s*(BEGIN|COMMIT|ROLLBACK|PRAGMA wal_checkpoint|VACUUM|SAVEPOINT|RELEASE)/i.test(call.sql)
  ) {
    database.exec(call.sql);
    return { id: call.id, rows: [], changes: 0, insertId: 0 };
  }
  const statement = prepared(call.sql);
  if (statement.columns().length > 0) {
    return { id: call.id, rows: statement.all(...params) as Record<string, unknown>[], changes: 0, insertId: 0 };
  }
  const result = statement.run(...params);
  return { id: call.id, rows: [], changes: Number(result.changes), insertId: Number(result.lastInsertRowid) };
}

parentPort?.on('message', (call: SqliteCall | 'close') => {
  if (call === 'close') {
    database.close();
    parentPort?.close();
    return;
  }
  try {
    parentPort?.postMessage(execute(call));
  } catch (error) {
    const { message, errcode, code } = error as Error & { errcode?: number; code?: string };
    const answer: SqliteAnswer = { id: call.id, error: { message, errcode, code } };
    parentPort?.postMessage(answer);
  }
});
