/** DATABASE_URL -> Database. `sqlite:path` is the embedded store; `mysql://user:pass@host:port/name` everything else. */
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kysely, MysqlDialect } from 'kysely';
import type { Clock } from '../clock.ts';
import { createDatabase, type Database, type DatabaseEvents } from './database.ts';
import { mysqlPool } from './mysql-pool.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import type { Tables } from './tables.ts';

export interface OpenDatabaseOptions {
  url: string;
  clock: Clock;
  /** Connections to MySQL this process may hold. */
  poolSize?: number;
  events?: DatabaseEvents;
}

const sqliteReaders = 2;

export function openDatabase({ url, clock, poolSize = 12, events }: OpenDatabaseOptions): Database {
  if (url.startsWith('sqlite:')) {
    const path = resolve(sqlitePath(url));
    mkdirSync(dirname(path), { recursive: true });
    // The writer opens first: it creates the file and switches it to WAL, which readers cannot.
    const writer = new Kysely<Tables>({ dialect: sqliteDialect(path, 1, false) });
    const reader = new Kysely<Tables>({ dialect: lazySqliteReaders(path) });
    return createDatabase({ dialect: 'sqlite', reader, writer, clock, events });
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

/** Read-only connections cannot open a file that does not exist yet; they are made at the first read, after migration. */
function lazySqliteReaders(path: string) {
  return sqliteDialect(path, sqliteReaders, true);
}
