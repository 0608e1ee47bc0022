/** What changes of people have in common. */
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import type { SessionRow } from './session-store.ts';
import { readPerson } from './staff-store.ts';

export interface PeopleDeps {
  database: Database;
  clock: Clock;
}

/** The owner who asks. A token cannot: who may come in is decided by people. */
export interface ByOwner {
  session: SessionRow;
  requestId: string;
}

/** Looked at in the transaction: of two owners who end each other's rights at once, the second has none left to do so. */
export async function isStillOwner(tx: Tx, { user }: SessionRow): Promise<boolean> {
  const person = await readPerson(tx, user.id);
  return person?.status === 'active' && person.role === 'owner';
}
