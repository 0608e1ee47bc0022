import { sql } from 'kysely';
import { isMysql } from '../../platform/db/bulk.ts';
import type { Db } from '../../platform/db/database.ts';

/** What the database says of itself. */
export async function databaseVersion(db: Db): Promise<{ kind: string; version: string }> {
  if (!isMysql(db)) {
    const { rows } = await sql<{ version: string }>`SELECT sqlite_version() AS version`.execute(db);
    return { kind: 'SQLite', version: rows[0]?.version ?? '' };
  }
  const { rows } = await sql<{ version: string }>`SELECT VERSION() AS version`.execute(db);
  const version = rows[0]?.version ?? '';
  return { kind: /mariadb/i.test(version) ? 'MariaDB' : 'MySQL', version };
}
