/** Kysely inside the thread of a connection: each statement is a plain call, so a transaction never leaves the thread. */
import {
  CompiledQuery as Compiled,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Clock } from '../clock.ts';
import { createDatabase, type Database } from './database.ts';
import { statementOf } from './sqlite-statement.ts';
import type { SqliteResult, SqliteStatement } from './sqlite-thread.ts';
import type { Tables } from './tables.ts';

type Execute = (statement: SqliteStatement) => SqliteResult;

class ThreadConnection implements DatabaseConnection {
  readonly #execute: Execute;
  constructor(execute: Execute) {
    this.#execute = execute;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes, insertId } = this.#execute(statementOf(query));
    return { rows: rows as R[], numAffectedRows: BigInt(changes), insertId: BigInt(insertId) };
  }

  // biome-ignore lint/correctness/useYield: streaming is not offered; long reads page by key instead
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not supported: read in pages by key');
  }
}

function threadDriver(execute: Execute): Driver {
  const connection = new ThreadConnection(execute);
  const run = async (text: string) => {
    await connection.executeQuery(Compiled.raw(text));
  };
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    releaseConnection: async () => undefined,
    beginTransaction: () => run('BEGIN IMMEDIATE'),
    commitTransaction: () => run('COMMIT'),
    rollbackTransaction: () => run('ROLLBACK'),
    destroy: async () => undefined,
  };
}

export function threadDatabase(execute: Execute, clock: Clock): Database {
  const db = new Kysely<Tables>({
    dialect: {
      createDriver: () => threadDriver(execute),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    },
  });
  return createDatabase({ dialect: 'sqlite', reader: db, writer: db, clock });
}
