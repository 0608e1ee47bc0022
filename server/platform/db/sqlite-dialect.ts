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

class SqliteThreadsDriver implements Driver {
  readonly #open: () => SqliteConnection[];
  #free: SqliteConnection[] = [];
  #all: readonly SqliteConnection[] = [];
  readonly #waiting: ((connection: SqliteConnection) => void)[] = [];

  constructor(thread: SqliteThread, connections: number) {
    this.#open = () => Array.from({ length: connections }, () => new SqliteConnection(thread));
  }

  /** Kysely calls this at the first query: a reader opened any earlier would find no file in a new shop. */
  async init(): Promise<void> {
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

export function sqliteDialect(thread: SqliteThread, connections: number): Dialect {
  return {
    createDriver: () => new SqliteThreadsDriver(thread, connections),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}
