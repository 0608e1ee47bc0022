/** Codes that were made together: `coupon_sets`, and their rows in `coupons`. */
import type { CouponSetView } from '../../contract/admin.ts';
import { insertRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import { type CouponFields, couponColumns } from './coupon-store.ts';

export interface NewCouponSet {
  name: string;
  prefix: string;
  fields: Omit<CouponFields, 'code'>;
  codes: readonly string[];
  createdBy: string;
}

/** A statement of ten thousand rows would be larger than some databases take at once. */
const rowsAtOnce = 1000;

export async function insertCouponSet(tx: Tx, set: NewCouponSet, nowMs: number): Promise<number> {
  const { name, prefix, codes, fields, createdBy } = set;
  const row = { name, prefix, codes: codes.length, created_by: createdBy.slice(0, 120), created_at: nowMs };
  const { insertId } = await tx.insertInto('coupon_sets').values(row).executeTakeFirstOrThrow();
  const id = Number(insertId);
  for (let at = 0; at < codes.length; at += rowsAtOnce) {
    const rows = codes.slice(at, at + rowsAtOnce).map((code) => ({
      ...couponColumns({ ...fields, code }),
      set_id: id,
      created_at: nowMs,
      updated_at: nowMs,
    }));
    await insertRows(tx, 'coupons', rows);
  }
  return id;
}

/** The newest first, with the uses of their codes. */
export async function listCouponSets(db: Db, limit: number): Promise<CouponSetView[]> {
  const sets = await db.selectFrom('coupon_sets').selectAll().orderBy('id', 'desc').limit(limit).execute();
  if (sets.length === 0) return [];
  const sums = await db
    .selectFrom('coupons')
    .select(['set_id', 'status', (eb) => eb.fn.sum<number>('used').as('used')])
    .select((eb) => eb.fn.countAll<number>().as('codes'))
    .where(
      'set_id',
      'in',
      sets.map((set) => set.id),
    )
    .groupBy(['set_id', 'status'])
    .execute();
  return sets.map((set) => {
    const own = sums.filter((row) => row.set_id === set.id);
    return {
      id: set.id,
      name: set.name,
      prefix: set.prefix,
      codes: set.codes,
      active: own.filter((row) => row.status === 'active').reduce((sum, row) => sum + Number(row.codes), 0),
      used: own.reduce((sum, row) => sum + Number(row.used), 0),
      createdBy: set.created_by,
      createdAt: set.created_at,
    };
  });
}

export async function isCouponSet(tx: Tx, id: number): Promise<boolean> {
  return (await tx.selectFrom('coupon_sets').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

/** @returns how many codes were on */
export async function switchOffSet(tx: Tx, id: number, nowMs: number): Promise<number> {
  const result = await tx
    .updateTable('coupons')
    .set((eb) => ({ status: 'off', version: eb('version', '+', 1), updated_at: nowMs }))
    .where('set_id', '=', id)
    .where('status', '=', 'active')
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export interface CouponLimit {
  perBuyer: number;
  setId: number | null;
}

/** Undefined when one buyer may use it as often as they like. Of a set, the row is locked: its buyers go one after the other. */
export async function lockCouponLimit(tx: Tx, couponId: number): Promise<CouponLimit | undefined> {
  const row = await tx
    .selectFrom('coupons')
    .select(['per_buyer', 'set_id'])
    .where('id', '=', couponId)
    .executeTakeFirst();
  if (!row || row.per_buyer === null) return undefined;
  if (row.set_id !== null) {
    await tx
      .updateTable('coupon_sets')
      .set((eb) => ({ claims: eb('claims', '+', 1) }))
      .where('id', '=', row.set_id)
      .execute();
  }
  return { perBuyer: row.per_buyer, setId: row.set_id };
}

/** Those of the coupons that belong to the set. */
export async function couponsOfSet(tx: Tx, couponIds: readonly number[], setId: number): Promise<number> {
  if (couponIds.length === 0) return 0;
  const rows = await tx
    .selectFrom('coupons')
    .select('id')
    .where('id', 'in', couponIds)
    .where('set_id', '=', setId)
    .execute();
  const own = new Set(rows.map((row) => row.id));
  return couponIds.filter((id) => own.has(id)).length;
}
