/**
 * One SQLite connection in a thread of its own, so that neither an fsync nor a long scan stops the event loop.
 * Speaks with sqlite-connection.ts: a statement with parameters, a statement over many rows, or a whole named
 * transaction, which runs here from BEGIN to COMMIT in one message: in a busy process each trip between threads waits
 * for its turn of the event loop, and a transaction of a dozen statements would wait a dozen times.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { armCheckpoint, type Checkpoint } from '../checkpoints.ts';
import { systemClock } from '../clock.ts';
import type { NamedTransaction } from './database.ts';
import { DatabaseError } from './errors.ts';
import { threadDatabase } from './sqlite-thread-database.ts';

export interface SqliteThreadData {
  path: string;
  readOnly: boolean;
  crashAt?: { checkpoint: Checkpoint; nth: number } | undefined;
}

export interface SqliteStatement {
  sql: string;
  params?: SQLInputValue[];
  /** The statement is run once for each row, and the changes are added up. */
  rows?: SQLInputValue[][];
}
export interface SqliteResult {
  rows: Record<string, unknown>[];
  changes: number;
  insertId: number;
}
export type SqliteCall = { id: number } & (
  | SqliteStatement
  | { transaction: string; input: unknown; deadlineMs: number | undefined }
);
export type SqliteAnswer =
  | ({ id: number } & SqliteResult)
  | { id: number; output: unknown }
  | { id: number; error: { message: string; stack?: string; errcode?: number; code?: string; errorClass?: string } };

// biome-ignore lint/suspicious/noExplicitAny: the types of input and output are checked where the transaction is called
export type NamedTransactions = readonly NamedTransaction<any, unknown>[];

const { path, readOnly, crashAt } = workerData as SqliteThreadData;
if (crashAt) armCheckpoint(crashAt.checkpoint, crashAt.nth);
const database = new DatabaseSync(path, { readOnly, timeout: 5000 });
// Pages that many orders touch are copied back once for some 100 batches instead of once for three: with the default of
// 1,000 pages a third of all commits waited for a checkpoint. 16,000 pages are 64 MB of log, read again in a moment.
if (!readOnly)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16000;');
// 64 MB of page cache: with a million cards, random index pages would otherwise be read again and again. Not mapped into
// memory: reading costs the same here, and the process would seem to grow with the database.
database.exec('PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;');

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

export function execute(call: SqliteStatement): SqliteResult {
  if (call.rows) {
    const statement = prepared(call.sql);
    if (statement.columns().length > 0) {
      const all = call.rows.flatMap((row) => statement.all(...row) as Record<string, unknown>[]);
      return { rows: all, changes: 0, insertId: 0 };
    }
    let changes = 0;
    for (const row of call.rows) changes += Number(statement.run(...row).changes);
    return { rows: [], changes, insertId: 0 };
  }
  const params = call.params ?? [];
  if (
    params.length === 0 &&
    /^\s*(BEGIN|COMMIT|ROLLBACK|PRAGMA wal_checkpoint|VACUUM|SAVEPOINT|RELEASE)/i.test(call.sql)
  ) {
    database.exec(call.sql);
    return { rows: [], changes: 0, insertId: 0 };
  }
  const statement = prepared(call.sql);
  if (statement.columns().length > 0) {
    return { rows: statement.all(...params) as Record<string, unknown>[], changes: 0, insertId: 0 };
  }
  const result = statement.run(...params);
  return { rows: [], changes: Number(result.changes), insertId: Number(result.lastInsertRowid) };
}

/** Answers the process that started this thread; `known` are the transactions it may ask for by name. */
export function serveConnection(known: NamedTransactions): void {
  const byName = new Map(known.map((transaction) => [transaction.name, transaction]));
  const local = threadDatabase(execute, systemClock);

  async function answer(call: SqliteCall): Promise<SqliteAnswer> {
    if ('sql' in call) return { id: call.id, ...execute(call) };
    const transaction = byName.get(call.transaction);
    if (!transaction) throw new Error(`this thread knows no transaction ${call.transaction}`);
    const { input, deadlineMs } = call;
    return {
      id: call.id,
      output: await local.transact(transaction.name, (tx) => transaction.run(tx, input), { deadlineMs }),
    };
  }

  parentPort?.on('message', async (call: SqliteCall | 'close') => {
    if (call === 'close') {
      database.close();
      parentPort?.close();
      return;
    }
    try {
      parentPort?.postMessage(await answer(call));
    } catch (error) {
      const { message, stack, errcode, code } = error as Error & { errcode?: number; code?: string };
      const errorClass = error instanceof DatabaseError ? error.errorClass : undefined;
      const failure: SqliteAnswer = { id: call.id, error: { message, stack, errcode, code, errorClass } };
      parentPort?.postMessage(failure);
    }
  });
}
