import type { CouponView, UpdateCouponBody } from '../../contract/admin.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { changedFields } from '../platform/changed-fields.ts';
import type { Tx } from '../platform/db/database.ts';
import { isDuplicateKey } from '../platform/db/errors.ts';
import { onceForRequest } from '../platform/once-for-request.ts';
import { couponFaults } from './coupon-rules.ts';
import { readCoupon, updateCoupon as writeCoupon } from './coupon-store.ts';
import type { EditDeps, Refusal } from './edit-deps.ts';

const action = 'coupon.update' as const;
export type UpdateCouponOutcome =
  | { kind: 'changed'; coupon: CouponView }
  | Extract<Refusal, { kind: 'not-found' | 'edit-conflict' | 'slug-taken' | 'invalid' }>;

export async function updateCoupon(
  { database, clock }: Pick<EditDeps, 'database' | 'clock'>,
  { id, version, actor, requestId, ...changes }: UpdateCouponBody & Actor & { id: number },
): Promise<UpdateCouponOutcome> {
  async function change(tx: Tx): Promise<UpdateCouponOutcome> {
    const before = await readCoupon(tx, id);
    if (!before) return { kind: 'not-found' };
    const fields = { ...before, ...changes };
    fields.code = fields.code.toUpperCase();
    const faults = couponFaults(fields);
    if (faults.length > 0) return { kind: 'invalid', faults };
    const at = clock.now();
    if (!(await writeCoupon(tx, { id, version }, fields, at))) return { kind: 'edit-conflict' };
    const audit = { at, actor, requestId, action, subject: `coupon:${id}` };
    await recordAudit(tx, { ...audit, ...changedFields(before, fields) });
    return changed(tx);
  }
  async function changed(tx: Tx): Promise<UpdateCouponOutcome> {
    const coupon = await readCoupon(tx, id);
    return coupon ? { kind: 'changed', coupon } : { kind: 'not-found' };
  }

  try {
    return await database.transact('catalog.update-coupon', onceForRequest({ action, requestId }, change, changed));
  } catch (error) {
    if (isDuplicateKey(error)) return { kind: 'slug-taken' };
    throw error;
  }
}
