/** Applies migrations/NNN-name/<dialect>.sql once each, in order. Many processes may start at the same moment. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledQuery, sql } from 'kysely';
import { type Clock, sleep } from '../clock.ts';
import type { Database, Db } from './database.ts';
import { isDuplicateKey } from './errors.ts';

export interface Migration {
  name: string;
  checksum: string;
  statements: string[];
}

export interface MigrationReport {
  applied: string[];
  already: string[];
}

/** A migration that another process has been running for longer than this is taken to have died half-way. */
const staleAfterMs = 10 * 60_000;

export function readMigrations(folder: string, dialect: Database['dialect']): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d{3}-/.test(entry.name))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const file = join(folder, name, `${dialect}.sql`);
      if (!existsSync(file)) throw new Error(`migration ${name} has no ${dialect}.sql`);
      const text = readFileSync(file, 'utf8');
      return { name, checksum: createHash('sha256').update(text).digest('hex'), statements: splitStatements(text) };
    });
}

/** Statements end with a semicolon at the end of a line; comments stand on lines of their own. */
export function splitStatements(text: string): string[] {
  return text
    .replace(/^--.*$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement.length > 0);
}

/** @param only applies these alone: a restore makes the tables as they were before it brings them up to date */
export async function migrate(
  database: Database,
  folder: string,
  clock: Clock,
  only?: readonly string[],
): Promise<MigrationReport> {
  await createRegister(database);
  const report: MigrationReport = { applied: [], already: [] };
  for (const migration of readMigrations(folder, database.dialect)) {
    if (only && !only.includes(migration.name)) continue;
    const fresh =
      database.dialect === 'sqlite'
        ? await applyInOneTransaction(database, migration, clock)
        : await applyUnderClaim(database, migration, clock);
    (fresh ? report.applied : report.already).push(migration.name);
  }
  return report;
}

export async function pendingMigrations(database: Database, folder: string): Promise<string[]> {
  const done = new Set(
    // By the writer, which makes a SQLite file that is not there yet: a reader that opens nothing is broken for good.
    (await database.transact('migrate.look', register).catch(() => []))
      .filter((row) => row.finished_at)
      .map((row) => row.name),
  );
  return readMigrations(folder, database.dialect)
    .map((migration) => migration.name)
    .filter((name) => !done.has(name));
}

async function createRegister(database: Database): Promise<void> {
  const types =
    database.dialect === 'sqlite' ? ['TEXT', 'INTEGER', ' STRICT'] : ['VARCHAR(120)', 'BIGINT', ' ENGINE=InnoDB'];
  await database.transact('migrate.register', async (tx) => {
    await run(
      tx,
      `CREATE TABLE IF NOT EXISTS schema_migrations (name ${types[0]} NOT NULL PRIMARY KEY,
      checksum ${types[0]} NOT NULL, started_at ${types[1]} NOT NULL, finished_at ${types[1]})${types[2]}`,
    );
  });
}

interface RegisterRow {
  name: string;
  checksum: string;
  started_at: number;
  finished_at: number | null;
}

async function register(db: Db, name?: string): Promise<RegisterRow[]> {
  const where = name === undefined ? sql`` : sql` WHERE name = ${name}`;
  return (
    await sql<RegisterRow>`SELECT name, checksum, started_at, finished_at FROM schema_migrations${where}`.execute(db)
  ).rows;
}

/** SQLite can roll DDL back: the whole migration is one transaction, and the writer lock lets one process in at a time. */
function applyInOneTransaction(database: Database, migration: Migration, clock: Clock): Promise<boolean> {
  return database.transact(`migrate.${migration.name}`, async (tx) => {
    const [row] = await register(tx, migration.name);
    if (row) {
      checkUnchanged(row, migration);
      return false;
    }
    for (const statement of migration.statements) await run(tx, statement);
    const now = clock.now();
    await sql`INSERT INTO schema_migrations (name, checksum, started_at, finished_at)
      VALUES (${migration.name}, ${migration.checksum}, ${now}, ${now})`.execute(tx);
    return true;
  });
}

/** MySQL commits at each DDL statement: one process claims the migration by its primary key, the others wait for it. */
async function applyUnderClaim(database: Database, migration: Migration, clock: Clock): Promise<boolean> {
  const claimed = await claim(database, migration, clock);
  if (!claimed) {
    await waitUntilFinished(database, migration, clock);
    return false;
  }
  await database.transact(`migrate.${migration.name}`, async (tx) => {
    for (const statement of migration.statements) await run(tx, statement);
    await sql`UPDATE schema_migrations SET finished_at = ${clock.now()} WHERE name = ${migration.name}`.execute(tx);
  });
  return true;
}

async function claim(database: Database, migration: Migration, clock: Clock): Promise<boolean> {
  try {
    await database.transact('migrate.claim', async (tx) => {
      await sql`INSERT INTO schema_migrations (name, checksum, started_at)
        VALUES (${migration.name}, ${migration.checksum}, ${clock.now()})`.execute(tx);
    });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

async function waitUntilFinished(database: Database, migration: Migration, clock: Clock): Promise<void> {
  for (;;) {
    const [row] = await register(database.read, migration.name);
    if (row) {
      checkUnchanged(row, migration);
      if (row.finished_at !== null) return;
      if (clock.now() - row.started_at > staleAfterMs) {
        throw new Error(
          `migration ${migration.name} was begun but never finished. Look at the tables it makes, complete or undo it, ` +
            `then set finished_at of its row in schema_migrations (or delete the row) and start again.`,
        );
      }
    }
    await sleep(200);
  }
}

function checkUnchanged(row: RegisterRow, migration: Migration): void {
  if (row.checksum !== migration.checksum) {
    throw new Error(`migration ${migration.name} was changed after it had been applied; restore its file`);
  }
}

async function run(db: Db, statement: string): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(statement));
}
