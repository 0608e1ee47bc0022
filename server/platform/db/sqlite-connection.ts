/** The near end of sqlite-thread.ts: a Kysely connection that posts each statement to the thread and awaits its answer. */
import { Worker } from 'node:worker_threads';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { DatabaseError, type DbErrorClass } from './errors.ts';
import { statementOf } from './sqlite-statement.ts';
import type { SqliteAnswer, SqliteResult, SqliteThreadData } from './sqlite-thread.ts';

export interface SqliteThread extends SqliteThreadData {
  /** The module the thread runs. */
  entry: URL;
}

interface Pending {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

export class SqliteConnection implements DatabaseConnection {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #closed = false;

  constructor({ entry, ...data }: SqliteThread) {
    this.#worker = new Worker(entry, { workerData: data });
    this.#worker.unref();
    this.#worker.on('message', (answer: SqliteAnswer) => this.#settle(answer));
    this.#worker.on('error', (error: Error) => this.#failAll(error));
    this.#worker.on('exit', () => this.#failAll(new Error('Connection lost: the SQLite thread has ended')));
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const answer = await this.#call<SqliteResult>(statementOf(query));
    return {
      rows: answer.rows as R[],
      numAffectedRows: BigInt(answer.changes),
      insertId: BigInt(answer.insertId),
    };
  }

  /** A whole transaction in the thread, in one message. */
  async runNamed(transaction: string, input: unknown, deadlineMs: number | undefined): Promise<unknown> {
    return (await this.#call<{ output: unknown }>({ transaction, input, deadlineMs })).output;
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

  #call<A>(call: object): Promise<A> {
    if (this.#closed) return Promise.reject(new Error('the connection is closed'));
    const id = this.#nextId++;
    // An unreferenced thread lets an idle process end; while we wait for an answer it must stay.
    if (this.#pending.size === 0) this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      this.#worker.postMessage({ id, ...call });
    });
  }

  #settle(answer: SqliteAnswer): void {
    const waiting = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if (this.#pending.size === 0 && !this.#closed) this.#worker.unref();
    if (!waiting) return;
    if ('error' in answer) waiting.reject(errorOf(answer.error));
    else waiting.resolve(answer);
  }

  #failAll(error: Error): void {
    this.#closed = true;
    for (const waiting of this.#pending.values()) waiting.reject(error);
    this.#pending.clear();
  }
}

/** Errors lose their class on the way between threads; a classified one gets it back. */
function errorOf(failure: Extract<SqliteAnswer, { error: unknown }>['error']): Error {
  const { errorClass, ...rest } = failure;
  const error = Object.assign(new Error(failure.message), rest);
  return errorClass ? new DatabaseError(errorClass as DbErrorClass, 'transaction', error) : error;
}
