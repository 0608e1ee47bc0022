/** DATABASE_URL -> Database. `sqlite:path` is the embedded store; `mysql://user:pass@host:port/name` everything else. */
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kysely, MysqlDialect } from 'kysely';
import type { Clock } from '../clock.ts';
import { createDatabase, type Database, type DatabaseEvents } from './database.ts';
import { mysqlPool } from './mysql-pool.ts';
import { SqliteThreadsDriver, sqliteDialect } from './sqlite-dialect.ts';
import type { SqliteThreadData } from './sqlite-thread.ts';
import type { Tables } from './tables.ts';

export interface OpenDatabaseOptions {
  url: string;
  clock: Clock;
  /** Connections to MySQL this process may hold. */
  poolSize?: number;
  events?: DatabaseEvents;
  /** The module of the writer's thread that knows the named transactions; without one they run in the caller's thread. */
  sqliteThread?: { entry: URL; crashAt?: SqliteThreadData['crashAt'] };
}

const sqliteReaders = 2;

export function openDatabase({ url, clock, poolSize = 12, events, sqliteThread }: OpenDatabaseOptions): Database {
  if (url.startsWith('sqlite:')) {
    const path = resolve(sqlitePath(url));
    mkdirSync(dirname(path), { recursive: true });
    const plain = new URL('./sqlite-worker.ts', import.meta.url);
    const entry = sqliteThread?.entry ?? plain;
    const writerThread = new SqliteThreadsDriver({ entry, path, readOnly: false, crashAt: sqliteThread?.crashAt }, 1);
    const readerThreads = new SqliteThreadsDriver({ entry: plain, path, readOnly: true }, sqliteReaders);
    const writer = new Kysely<Tables>({ dialect: sqliteDialect(writerThread) });
    const reader = new Kysely<Tables>({ dialect: sqliteDialect(readerThreads) });
    const runElsewhere = sqliteThread ? { runElsewhere: writerThread.runNamed.bind(writerThread) } : {};
    return createDatabase({ dialect: 'sqlite', reader, writer, clock, events, ...runElsewhere });
  }
  if (/^(mysql|mariadb):\/\//.test(url)) {
    const db = new Kysely<Tables>({ dialect: new MysqlDialect({ pool: mysqlPool(url, poolSize) }) });
    return createDatabase({ dialect: 'mysql', reader: db, writer: db, clock, events });
  }
  throw new Error(`DATABASE_URL must begin with sqlite: or mysql:// (it begins with ${url.split(':')[0]}:)`);
}

export function sqlitePath(url: string): string {
  return url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
}
