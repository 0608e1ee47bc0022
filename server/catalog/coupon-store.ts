/** The `coupons` table. */
import { type Selectable, sql } from 'kysely';
import type { CouponKind, CouponListQuery, CouponStatus, CouponView } from '../../contract/admin.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { CouponsTable } from '../platform/db/tables.ts';

export type CouponFields = Omit<CouponView, 'id' | 'used' | 'setId' | 'version' | 'createdAt' | 'updatedAt'>;

function couponView(row: Selectable<CouponsTable>): CouponView {
  return {
    id: row.id,
    code: row.code,
    kind: row.kind as CouponKind,
    value: row.value,
    currency: row.currency,
    productId: row.product_id,
    minTotalMinor: row.min_total_minor,
    maxUses: row.max_uses,
    perBuyer: row.per_buyer,
    used: row.used,
    setId: row.set_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    status: row.status as CouponStatus,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export async function readCoupon(db: Db | Tx, id: number): Promise<CouponView | undefined> {
  const row = await db.selectFrom('coupons').selectAll().where('id', '=', id).executeTakeFirst();
  return row && couponView(row);
}

export async function readCouponByCode(db: Db | Tx, code: string): Promise<CouponView | undefined> {
  const row = await db.selectFrom('coupons').selectAll().where('code', '=', code).executeTakeFirst();
  return row && couponView(row);
}

export async function searchCoupons(
  db: Db,
  { q, setId, status, page, pageSize }: CouponListQuery,
): Promise<{ coupons: CouponView[]; total: number }> {
  let found = db.selectFrom('coupons');
  // Codes are ASCII, and so is their column: MySQL refuses to compare it with anything else.
  if (q && !/^[\x20-\x7e]*$/.test(q)) return { coupons: [], total: 0 };
  if (q) {
    const pattern = `%${q.toUpperCase().replace(/[!%_]/g, '!$&')}%`;
    found = found.where(sql<boolean>`code LIKE ${pattern} ESCAPE '!'`);
  }
  if (setId !== undefined) found = found.where('set_id', '=', setId);
  if (status !== undefined) found = found.where('status', '=', status);
  const [rows, count] = await Promise.all([
    found
      .selectAll()
      .orderBy('id', 'desc')
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
    found.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { coupons: rows.map(couponView), total: Number(count.total) };
}

export async function insertCoupon(tx: Tx, fields: CouponFields, nowMs: number): Promise<number> {
  const values = { ...couponColumns(fields), created_at: nowMs, updated_at: nowMs };
  return Number((await tx.insertInto('coupons').values(values).executeTakeFirstOrThrow()).insertId);
}

/** @returns false when the row is not at that version any more */
export async function updateCoupon(
  tx: Tx,
  key: { id: number; version: number },
  fields: CouponFields,
  nowMs: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('coupons')
    .set({ ...couponColumns(fields), version: key.version + 1, updated_at: nowMs })
    .where('id', '=', key.id)
    .where('version', '=', key.version)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Only one that was never used: orders name the others. */
export async function deleteUnusedCoupon(tx: Tx, key: { id: number; version: number }): Promise<boolean> {
  const result = await tx
    .deleteFrom('coupons')
    .where('id', '=', key.id)
    .where('version', '=', key.version)
    .where('used', '=', 0)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** One use more. @returns false when there is none left: the condition is judged on the row itself, so no race exceeds it. */
export async function claimCouponUse(tx: Tx, id: number): Promise<boolean> {
  const result = await tx
    .updateTable('coupons')
    .set((eb) => ({ used: eb('used', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', 'active')
    .where((eb) => eb.or([eb('max_uses', 'is', null), eb('used', '<', eb.ref('max_uses'))]))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Gives uses back, one for each id given: of orders that were not placed after all, or ended unpaid. */
export async function releaseCouponUses(tx: Tx, ids: readonly number[]): Promise<void> {
  const times = Map.groupBy(ids, (id) => id);
  for (const [id, uses] of [...times].sort(([a], [b]) => a - b)) {
    await tx
      .updateTable('coupons')
      .set((eb) => ({ used: eb('used', '-', uses.length) }))
      .where('id', '=', id)
      .where('used', '>=', uses.length)
      .execute();
  }
}

export function couponColumns(fields: CouponFields) {
  return {
    code: fields.code,
    kind: fields.kind,
    value: fields.value,
    currency: fields.currency,
    product_id: fields.productId,
    min_total_minor: fields.minTotalMinor,
    max_uses: fields.maxUses,
    per_buyer: fields.perBuyer,
    starts_at: fields.startsAt,
    ends_at: fields.endsAt,
    status: fields.status,
  };
}
