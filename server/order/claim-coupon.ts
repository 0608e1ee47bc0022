/** One use of a coupon for an order that is being placed; the limit per buyer is judged under the lock that the claim takes. */
import type { CouponRefusal } from '../catalog/coupon.ts';
import { couponsOfSet, lockCouponLimit } from '../catalog/coupon-set-store.ts';
import { claimCouponUse, releaseCouponUses } from '../catalog/coupon-store.ts';
import type { Tx } from '../platform/db/database.ts';
import { couponsOfBuyer } from './open-orders-store.ts';

/** Orders of this batch that are placed already, but not written yet. */
type Placed = readonly { draft: { contactKey: string }; order: { couponId: number | null } }[];

/** @returns why not; undefined when the use is claimed */
export async function claimCoupon(
  tx: Tx,
  couponId: number,
  contactKey: string,
  placed: Placed,
): Promise<Extract<CouponRefusal, 'used-up' | 'per-buyer'> | undefined> {
  if (!(await claimCouponUse(tx, couponId))) return 'used-up';
  const limit = await lockCouponLimit(tx, couponId);
  if (!limit) return undefined;
  // Read after the lock: another order of the same buyer has been committed by now, and is seen.
  const before = await couponsOfBuyer(tx, contactKey);
  const here = placed.flatMap(({ draft, order }) => (draft.contactKey === contactKey ? (order.couponId ?? []) : []));
  const all = [...before, ...here];
  const used =
    limit.setId === null ? all.filter((id) => id === couponId).length : await couponsOfSet(tx, all, limit.setId);
  if (used < limit.perBuyer) return undefined;
  await releaseCouponUses(tx, [couponId]);
  return 'per-buyer';
}
