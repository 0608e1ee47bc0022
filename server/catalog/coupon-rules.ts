/** What the fields of a coupon must be to each other; each alone is checked by its schema. */
import type { CouponFields } from './coupon-store.ts';
import type { FieldFault } from './sku-rules.ts';

export function couponFaults(coupon: CouponFields): FieldFault[] {
  const faults: FieldFault[] = [];
  if (coupon.kind === 'percent' && coupon.value > 100) {
    faults.push({ path: 'body/value', message: 'must be at most 100 percent' });
  }
  if (coupon.currency === null && (coupon.kind === 'amount' || coupon.minTotalMinor > 0)) {
    faults.push({ path: 'body/currency', message: 'must be given, or the amount could mean anything' });
  }
  if (coupon.startsAt !== null && coupon.endsAt !== null && coupon.endsAt <= coupon.startsAt) {
    faults.push({ path: 'body/endsAt', message: 'must be after startsAt' });
  }
  return faults;
}
