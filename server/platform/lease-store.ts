/** The `leases` table: one row a lease. Every change names the fencing number it expects, so only one of two rivals gets it. */
import { insertRows, isMysql } from './db/bulk.ts';
import type { Db, Tx } from './db/database.ts';

export interface LeaseRow {
  holder: string;
  /** Rises by one with each new holder. */
  fencing: number;
  /** Changes with each renewal; 0 once released. Others only watch whether it changes, so clocks need not agree. */
  expires_at: number;
}

export async function readLease(db: Db | Tx, name: string): Promise<LeaseRow | undefined> {
  return db
    .selectFrom('leases')
    .select(['holder', 'fencing', 'expires_at'])
    .where('name', '=', name)
    .executeTakeFirst();
}

/** Takes a lease that nobody has had, or whose row is still as `seen`. @returns the new fencing number */
export async function takeLease(
  tx: Tx,
  name: string,
  holder: string,
  expiresAt: number,
  seen: LeaseRow | undefined,
): Promise<number | undefined> {
  if (!seen) {
    const rows = [{ name, holder, fencing: 1, expires_at: expiresAt }];
    if ((await insertRows(tx, 'leases', rows, { onConflict: 'ignore' })) === 1) return 1;
    return ourFencing(tx, name, holder);
  }
  const fencing = seen.fencing + 1;
  const taken = await tx
    .updateTable('leases')
    .set({ holder, fencing, expires_at: expiresAt })
    .where('name', '=', name)
    .where('fencing', '=', seen.fencing)
    .where('expires_at', '=', seen.expires_at)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n ? fencing : ourFencing(tx, name, holder);
}

/** A first run whose COMMIT was lost from sight may have taken it: holders' names are never used twice. */
async function ourFencing(tx: Tx, name: string, holder: string): Promise<number | undefined> {
  const row = await readLease(tx, name);
  return row?.holder === holder && row.expires_at > 0 ? row.fencing : undefined;
}

/** @returns false when somebody else has it now */
export async function renewLease(tx: Tx, name: string, fencing: number, expiresAt: number): Promise<boolean> {
  const renewed = await tx
    .updateTable('leases')
    .set({ expires_at: expiresAt })
    .where('name', '=', name)
    .where('fencing', '=', fencing)
    .executeTakeFirst();
  if (renewed.numUpdatedRows === 1n) return true;
  // MySQL counts no row when the value is the same as before.
  return (await readLease(tx, name))?.fencing === fencing;
}

export async function releaseLease(tx: Tx, name: string, fencing: number): Promise<void> {
  await tx
    .updateTable('leases')
    .set({ expires_at: 0 })
    .where('name', '=', name)
    .where('fencing', '=', fencing)
    .execute();
}

/** Whether this fencing number is still the highest, with the row locked until the transaction ends. */
export async function holdsLease(tx: Tx, name: string, fencing: number): Promise<boolean> {
  let query = tx.selectFrom('leases').select(['fencing', 'expires_at']).where('name', '=', name);
  if (isMysql(tx)) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  return row?.fencing === fencing && row.expires_at > 0;
}
