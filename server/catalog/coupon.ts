/** What a coupon takes off an order. */
import type { CouponKind, CouponStatus } from '../../contract/admin.ts';

export interface Coupon {
  kind: CouponKind;
  /** Minor units of `currency`, or percent. */
  value: number;
  currency: string | null;
  productId: number | null;
  /** Of the lines it applies to. */
  minTotalMinor: number;
  maxUses: number | null;
  used: number;
  startsAt: number | null;
  endsAt: number | null;
  status: CouponStatus;
}
export interface CouponLine {
  productId: number;
  amountMinor: number;
}
export interface CouponOrder {
  currency: string;
  lines: readonly CouponLine[];
}

export const couponRefusals = {
  unknown: 'There is no such coupon.',
  off: 'This coupon is switched off.',
  'not-yet': 'This coupon is not valid yet.',
  over: 'This coupon has expired.',
  'used-up': 'This coupon has been used up.',
  'per-buyer': 'You have used this coupon as often as one buyer may.',
  currency: 'This coupon is for another currency.',
  product: 'This coupon is for another product.',
  'total-too-low': 'The order is below the least total of this coupon.',
} as const;
export type CouponRefusal = keyof typeof couponRefusals;

/** Why this order may not use this coupon at `nowMs`; undefined when it may. */
export function couponRefusal(coupon: Coupon, order: CouponOrder, nowMs: number): CouponRefusal | undefined {
  if (coupon.status !== 'active') return 'off';
  if (coupon.startsAt !== null && nowMs < coupon.startsAt) return 'not-yet';
  if (coupon.endsAt !== null && nowMs >= coupon.endsAt) return 'over';
  if (coupon.maxUses !== null && coupon.used >= coupon.maxUses) return 'used-up';
  if (coupon.currency !== null && coupon.currency !== order.currency) return 'currency';
  const eligible = order.lines.filter((line) => coupon.productId === null || line.productId === coupon.productId);
  if (eligible.length === 0) return 'product';
  if (sum(eligible) < coupon.minTotalMinor) return 'total-too-low';
  return undefined;
}

/**
 * Minor units off the order, 0 when the coupon does not apply. Percentages are rounded down, and 1 minor unit
 * always remains to pay: no payment channel takes an order of nothing.
 */
export function couponDiscountMinor(coupon: Coupon, order: CouponOrder, nowMs: number): number {
  if (couponRefusal(coupon, order, nowMs)) return 0;
  const base = sum(order.lines.filter((line) => coupon.productId === null || line.productId === coupon.productId));
  const wanted = coupon.kind === 'percent' ? Math.floor((base * Math.min(coupon.value, 100)) / 100) : coupon.value;
  return Math.max(0, Math.min(wanted, base, sum(order.lines) - 1));
}

/** Codes are kept in capitals; undefined for what cannot be one. */
export function normalCouponCode(code: string): string | undefined {
  const normal = code.trim().toUpperCase();
  return /^[0-9A-Z][0-9A-Z_-]{1,39}$/.test(normal) ? normal : undefined;
}

function sum(lines: readonly CouponLine[]): number {
  return lines.reduce((total, line) => total + line.amountMinor, 0);
}
