/** Buyers who wait for a sold-out variant. */
import { insertRows, isMysql, updateIn } from '../../platform/db/bulk.ts';
import type { Db, Tx } from '../../platform/db/database.ts';

export interface RestockWait {
  id: number;
  skuId: number;
  contact: string;
  lang: string;
  token: string;
}

export interface NewWait {
  skuId: number;
  contactKey: string;
  contact: string;
  lang: string;
  token: string;
}

/** One for each address and variant; one that was told waits anew. Nothing changes for one that waits already. */
export async function insertWait(tx: Tx, wait: NewWait, nowMs: number): Promise<void> {
  const { skuId, contactKey, contact, lang, token } = wait;
  const row = { sku_id: skuId, contact_key: contactKey, contact, lang, token, created_at: nowMs };
  if ((await insertRows(tx, 'restock_waits', [row], { onConflict: 'ignore' })) === 1) return;
  await tx
    .updateTable('restock_waits')
    .set({ told_at: null, created_at: nowMs, contact, lang })
    .where('contact_key', '=', contactKey)
    .where('sku_id', '=', skuId)
    .where('told_at', 'is not', null)
    .execute();
}

export async function countWaitsOf(db: Db | Tx, contactKey: string): Promise<number> {
  const row = await db
    .selectFrom('restock_waits')
    .select((eb) => eb.fn.countAll<number>().as('waits'))
    .where('contact_key', '=', contactKey)
    .where('told_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.waits);
}

/** How many wait for each variant, most first. */
export async function waitingBySku(
  db: Db,
  limit: number,
): Promise<{ skuId: number; waiting: number; since: number }[]> {
  const rows = await db
    .selectFrom('restock_waits')
    .select(['sku_id', (eb) => eb.fn.countAll<number>().as('waiting'), (eb) => eb.fn.min('created_at').as('since')])
    .where('told_at', 'is', null)
    .groupBy('sku_id')
    .orderBy('waiting', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ skuId: row.sku_id, waiting: Number(row.waiting), since: Number(row.since) }));
}

export async function toldSince(tx: Tx, skuId: number, sinceMs: number): Promise<number> {
  const row = await tx
    .selectFrom('restock_waits')
    .select((eb) => eb.fn.countAll<number>().as('told'))
    .where('sku_id', '=', skuId)
    .where('told_at', '>', sinceMs)
    .executeTakeFirstOrThrow();
  return Number(row.told);
}

/** Who has waited longest, locked: of two workers one waits here, and then sees whom the other has told. */
export async function lockLongestWaiting(tx: Tx, skuId: number, limit: number): Promise<number[]> {
  let query = tx
    .selectFrom('restock_waits')
    .select('id')
    .where('sku_id', '=', skuId)
    .where('told_at', 'is', null)
    .orderBy('id')
    .limit(limit);
  if (isMysql(tx)) query = query.forUpdate();
  return (await query.execute()).map((row) => row.id);
}

export async function markTold(tx: Tx, ids: readonly number[], nowMs: number): Promise<number> {
  return updateIn(tx, 'restock_waits', 'id', ids, { set: 'told_at = ?', params: [nowMs], where: 'told_at IS NULL' });
}

export async function readWait(db: Db, id: number): Promise<RestockWait | undefined> {
  const row = await db.selectFrom('restock_waits').selectAll().where('id', '=', id).executeTakeFirst();
  return row && { id: row.id, skuId: row.sku_id, contact: row.contact, lang: row.lang, token: row.token };
}

/** All that this address waits for, by the token of any of its mails. @returns how many */
export async function deleteWaitsByToken(tx: Tx, token: string): Promise<number> {
  const row = await tx.selectFrom('restock_waits').select('contact_key').where('token', '=', token).executeTakeFirst();
  if (!row) return 0;
  const gone = await tx.deleteFrom('restock_waits').where('contact_key', '=', row.contact_key).executeTakeFirst();
  return Number(gone.numDeletedRows);
}

export async function forgetWaits(tx: Tx, before: { toldMs: number; createdMs: number }): Promise<number> {
  const gone = await tx
    .deleteFrom('restock_waits')
    .where((eb) => eb.or([eb('told_at', '<', before.toldMs), eb('created_at', '<', before.createdMs)]))
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}
