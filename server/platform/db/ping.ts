import { sql } from 'kysely';
import type { Db } from './database.ts';

/** True when the database answers; throws when it cannot. */
export async function ping(db: Db): Promise<true> {
  await sql`SELECT 1`.execute(db);
  return true;
}
