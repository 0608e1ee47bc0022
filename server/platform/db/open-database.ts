/** DATABASE_URL -> Database. `sqlite:path` is the embedded store; `mysql://user:pass@host:port,host2:port/name` everything else. */
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import { createDatabase, type Database, type DatabaseEvents, defaultDeadlineMs } from './database.ts';
import { parseEndpoints } from './hosts/endpoints.ts';
import { createHostRouter } from './hosts/host-router.ts';
import { MysqlDriver, mysqlDialect } from './mysql-driver.ts';
import { RidingDriver } from './riding-driver.ts';
import { SqliteThreadsDriver, sqliteDialect } from './sqlite-dialect.ts';
import type { SqliteThreadData } from './sqlite-thread.ts';
import type { Tables } from './tables.ts';
import { createWaitingRoom } from './waiting-room.ts';

export interface OpenDatabaseOptions {
  url: string;
  clock: Clock;
  /** Replicas, as in DATABASE_READER_URLS. */
  readerUrls?: string | undefined;
  /** A replica that is further behind is not read. */
  maxLagMs?: number;
  /** A statement that runs longer is ended. Commands that read the whole shop have no limit. */
  statementLimitMs?: number;
  /** How long a read waits for a database that is away. */
  readDeadlineMs?: number;
  /** Connections to each MySQL host this process may hold. */
  poolSize?: number;
  events?: DatabaseEvents;
  /** The module of the writer's thread that knows the named transactions; without one they run in the caller's thread. */
  sqliteThread?: { entry: URL; crashAt?: SqliteThreadData['crashAt'] };
}

const sqliteReaders = 2;

export function openDatabase(options: OpenDatabaseOptions): Database {
  const { url, clock, events, sqliteThread } = options;
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
  if (/^(mysql|mariadb):\/\//.test(url)) return openMysql(options);
  throw new Error(`DATABASE_URL must begin with sqlite: or mysql:// (it begins with ${url.split(':')[0]}:)`);
}

function openMysql(options: OpenDatabaseOptions): Database {
  const { url, readerUrls, clock, events, poolSize = 12, maxLagMs = 2000 } = options;
  const { statementLimitMs = Number.POSITIVE_INFINITY, readDeadlineMs: deadlineMs = defaultDeadlineMs } = options;
  const endpoints = parseEndpoints(url, readerUrls);
  const router = createHostRouter({ endpoints, clock, poolSize, statementLimitMs, maxLagMs, events });
  const room = createWaitingRoom(router);
  const ride = { clock, room, writer: router, deadlineMs, onRetry: events?.onRetry };
  const kysely = (driver: MysqlDriver | RidingDriver) => new Kysely<Tables>({ dialect: mysqlDialect(driver) });
  return createDatabase({
    dialect: 'mysql',
    writer: kysely(new MysqlDriver(() => router.acquireWriter())),
    reader: kysely(new RidingDriver({ ...ride, acquire: () => router.acquireWriter() })),
    lagging: kysely(
      new RidingDriver({
        ...ride,
        acquire: (attempt) => (attempt === 0 ? router.acquireReader() : router.acquireWriter()),
      }),
    ),
    maxLagMs: endpoints.writers.length + endpoints.readers.length > 1 ? maxLagMs : 0,
    clock,
    events,
    presence: router,
    room,
    hosts: () => router.hosts(),
    onClose: () => router.close(),
  });
}

export function sqlitePath(url: string): string {
  return url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
}
