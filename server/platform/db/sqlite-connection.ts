/** The near end of sqlite-worker.ts: a Kysely connection that posts each statement to the thread and awaits its answer. */
import { Worker } from 'node:worker_threads';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { SqliteAnswer, SqliteCall } from './sqlite-worker.ts';

/** A parameter that stands for many rows: the statement is run once for each (bulk.ts). */
export class ManyRows {
  readonly rows: readonly (readonly unknown[])[];
  constructor(rows: readonly (readonly unknown[])[]) {
    this.rows = rows;
  }
}

interface Pending {
  resolve(answer: Extract<SqliteAnswer, { rows: unknown }>): void;
  reject(error: Error): void;
}

export class SqliteConnection implements DatabaseConnection {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #closed = false;

  constructor(path: string, readOnly: boolean) {
    this.#worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData: { path, readOnly } });
    this.#worker.unref();
    this.#worker.on('message', (answer: SqliteAnswer) => this.#settle(answer));
    this.#worker.on('error', (error: Error) => this.#failAll(error));
    this.#worker.on('exit', () => this.#failAll(new Error('Connection lost: the SQLite thread has ended')));
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const first = query.parameters[0];
    const call: Omit<SqliteCall, 'id'> =
      first instanceof ManyRows
        ? { sql: query.sql, rows: first.rows.map((row) => row.map(toSqlite)) }
        : { sql: query.sql, params: query.parameters.map(toSqlite) };
    const answer = await this.#call(call);
    return {
      rows: answer.rows as R[],
      numAffectedRows: BigInt(answer.changes),
      insertId: BigInt(answer.insertId),
    };
  }

  // biome-ignore lint/correctness/useYield: streaming is not offered; long reads page by key instead
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not supported: read in pages by key');
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const exited = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#worker.ref();
    this.#worker.postMessage('close');
    await exited;
  }

  #call(call: Omit<SqliteCall, 'id'>): Promise<Extract<SqliteAnswer, { rows: unknown }>> {
    if (this.#closed) return Promise.reject(new Error('the connection is closed'));
    const id = this.#nextId++;
    // An unreferenced thread lets an idle process end; while we wait for an answer it must stay.
    if (this.#pending.size === 0) this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...call });
    });
  }

  #settle(answer: SqliteAnswer): void {
    const waiting = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if (this.#pending.size === 0 && !this.#closed) this.#worker.unref();
    if (!waiting) return;
    if ('error' in answer) waiting.reject(Object.assign(new Error(answer.error.message), answer.error));
    else waiting.resolve(answer);
  }

  #failAll(error: Error): void {
    this.#closed = true;
    for (const waiting of this.#pending.values()) waiting.reject(error);
    this.#pending.clear();
  }
}

function toSqlite(value: unknown): string | number | bigint | null | Uint8Array {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`not a value SQLite can store: ${typeof value}`);
}
