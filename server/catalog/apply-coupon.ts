/** A coupon meets an order: judged and claimed in the transaction that places it. */
import type { Tx } from '../platform/db/database.ts';
import {
  type CouponOrder,
  type CouponRefusal,
  couponDiscountMinor,
  couponRefusal,
  normalCouponCode,
} from './coupon.ts';
import { claimCouponUse, readCouponByCode } from './coupon-store.ts';

export type AppliedCoupon =
  | { kind: 'discount'; couponId: number; discountMinor: number }
  | { kind: 'coupon-invalid'; reason: CouponRefusal };

/**
 * Takes one use of the coupon. If the order is then refused within the same transaction (sold out), or ends unpaid later,
 * give it back with `releaseCouponUses`.
 */
export async function applyCoupon(tx: Tx, code: string, order: CouponOrder, nowMs: number): Promise<AppliedCoupon> {
  const normal = normalCouponCode(code);
  const coupon = normal && (await readCouponByCode(tx, normal));
  if (!coupon) return { kind: 'coupon-invalid', reason: 'unknown' };
  const reason = couponRefusal(coupon, order, nowMs);
  if (reason) return { kind: 'coupon-invalid', reason };
  // The count just read may be old by now; this one decides.
  if (!(await claimCouponUse(tx, coupon.id))) return { kind: 'coupon-invalid', reason: 'used-up' };
  return { kind: 'discount', couponId: coupon.id, discountMinor: couponDiscountMinor(coupon, order, nowMs) };
}
