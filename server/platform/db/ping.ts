import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';

/** True when the database answers; throws when it cannot. */
export async function ping(db: Db | Tx): Promise<true> {
  await sql`SELECT 1`.execute(db);
  return true;
}
