/**
 * Kysely over MySQL for reads outside transactions: one that fails because its host went away runs again, on another
 * connection and, by then, another host, until its deadline. Only the first statement on a connection can: later ones
 * may rest on what went before (a snapshot, a setting).
 */
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { backoffMs } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import { classifyDbError, DatabaseError, Overloaded } from './errors.ts';
import type { PooledConnection } from './mysql-pool.ts';
import type { WaitingRoom, WriterPresence } from './waiting-room.ts';

export interface RideParts {
  clock: Clock;
  room: WaitingRoom;
  writer: WriterPresence;
  deadlineMs: number;
  /** @param attempt 0 for the first; a reader that failed is not asked again by the same call */
  acquire(attempt: number): Promise<PooledConnection>;
  onRetry?(operation: string, errorClass: string, error: unknown): void;
}

const firstBackoffMs = 5;
const maxBackoffMs = 500;
const operation = 'read';

export class RidingDriver implements Driver {
  readonly #parts: RideParts;

  constructor(parts: RideParts) {
    this.#parts = parts;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new RidingConnection(this.#parts);
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    (connection as RidingConnection).release();
  }

  async beginTransaction(): Promise<void> {
    throw new Error('a transaction begins with transact');
  }
  commitTransaction = this.beginTransaction;
  rollbackTransaction = this.beginTransaction;

  /** The pools belong to the router, which closes them. */
  async destroy(): Promise<void> {}
}

class RidingConnection implements DatabaseConnection {
  readonly #parts: RideParts;
  #inner: PooledConnection | undefined;
  #used = false;

  constructor(parts: RideParts) {
    this.#parts = parts;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { clock, room, writer, deadlineMs, onRetry } = this.#parts;
    const until = clock.monotonicMs() + deadlineMs;
    for (let attempt = 0; ; attempt++) {
      let sent = false;
      try {
        this.#inner ??= await this.#parts.acquire(attempt);
        sent = true;
        const result = await this.#inner.executeQuery<R>(query);
        this.#used = true;
        return result;
      } catch (error) {
        const errorClass = classifyDbError(error, 'read');
        if (errorClass === 'fatal') throw error;
        const final = error instanceof DatabaseError ? error : new DatabaseError(errorClass, operation, error);
        const pause = backoffMs(attempt, firstBackoffMs, maxBackoffMs);
        const left = until - clock.monotonicMs();
        const mayRepeat = !this.#used && (!sent || isRead(query.sql));
        if (!mayRepeat || pause > left || final instanceof Overloaded) throw final;
        onRetry?.(operation, errorClass, error);
        writer.suspect();
        this.release();
        await room.wait(operation, pause, left);
      }
    }
  }

  // biome-ignore lint/correctness/useYield: streaming is not offered; long reads page by key instead
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not supported: read in pages by key');
  }

  release(): void {
    this.#inner?.release();
    this.#inner = undefined;
  }
}

function isRead(text: string): boolean {
  return /^[\s(]*(select|show|with)\b/i.test(text);
}
