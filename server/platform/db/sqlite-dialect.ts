/** Kysely over our SQLite threads: one writer, whose turns queue up here, and a few readers. */
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { SqliteConnection, type SqliteThread } from './sqlite-connection.ts';

export class SqliteThreadsDriver implements Driver {
  readonly #open: () => SqliteConnection[];
  #free: SqliteConnection[] = [];
  #all: readonly SqliteConnection[] = [];
  #shared: { connection: Promise<SqliteConnection>; users: number } | undefined;
  readonly #waiting: ((connection: SqliteConnection) => void)[] = [];

  constructor(thread: SqliteThread, connections: number) {
    this.#open = () => Array.from({ length: connections }, () => new SqliteConnection(thread));
  }

  /** Kysely calls this at the first query: a reader opened any earlier would find no file in a new shop. */
  async init(): Promise<void> {
    if (this.#all.length > 0) return;
    this.#all = this.#open();
    this.#free = [...this.#all];
  }

  acquireConnection(): Promise<DatabaseConnection> {
    const free = this.#free.pop();
    return free ? Promise.resolve(free) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const next = this.#waiting.shift();
    if (next) next(connection as SqliteConnection);
    else this.#free.push(connection as SqliteConnection);
  }

  /**
   * A whole transaction as one message. Several may be on their way at once: the thread runs each to its end before it
   * takes the next, and need not wait for this thread to hand it over. Statement-by-statement transactions stand in the
   * same queue and have the connection to themselves.
   */
  async runNamed(name: string, input: unknown, deadlineMs: number | undefined): Promise<unknown> {
    await this.init();
    const shared = this.#shared;
    const joins = shared !== undefined && this.#waiting.length === 0;
    const turn = joins ? shared : { connection: this.acquireConnection() as Promise<SqliteConnection>, users: 0 };
    turn.users++;
    this.#shared = turn;
    const connection = await turn.connection;
    try {
      return await connection.runNamed(name, input, deadlineMs);
    } finally {
      turn.users--;
      if (turn.users === 0) {
        if (this.#shared === turn) this.#shared = undefined;
        await this.releaseConnection(connection);
      }
    }
  }

  // IMMEDIATE: two writers in different processes queue at BEGIN instead of failing at their first write.
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('BEGIN IMMEDIATE'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('COMMIT'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('ROLLBACK'));
  }

  async destroy(): Promise<void> {
    await Promise.all(this.#all.map((connection) => connection.close()));
  }
}

export function sqliteDialect(driver: SqliteThreadsDriver): Dialect {
  return {
    createDriver: () => driver,
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}
