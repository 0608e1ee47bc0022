/** What stands in the form of a coupon, and what of it is sent. */
import type { CouponKind, CouponStatus, CouponView, CreateCouponBody } from '../../../contract/admin.ts';

export interface CouponDraft {
  code: string;
  kind: CouponKind;
  /** Minor units of an amount. */
  amountMinor: number | null;
  percent: number | null;
  currency: string;
  productId: number | null;
  minTotalMinor: number | null;
  maxUses: number | null;
  perBuyer: number | null;
  startsAt: number | null;
  endsAt: number | null;
  status: CouponStatus;
}

export function couponDraft(coupon?: CouponView): CouponDraft {
  return {
    code: coupon?.code ?? '',
    kind: coupon?.kind ?? 'amount',
    amountMinor: coupon?.kind === 'amount' ? coupon.value : null,
    percent: coupon?.kind === 'percent' ? coupon.value : null,
    currency: coupon?.currency ?? 'CNY',
    productId: coupon?.productId ?? null,
    minTotalMinor: coupon?.minTotalMinor ?? 0,
    maxUses: coupon?.maxUses ?? null,
    perBuyer: coupon?.perBuyer ?? null,
    startsAt: coupon?.startsAt ?? null,
    endsAt: coupon?.endsAt ?? null,
    status: coupon?.status ?? 'active',
  };
}

export type CouponFault = 'code' | 'value' | 'currency' | 'product' | 'min' | 'max' | 'perBuyer' | 'window';

const isCount = (value: number | null, min: number, max = 1_000_000_000): boolean =>
  value !== null && Number.isInteger(value) && value >= min && value <= max;

export function couponFaults(draft: CouponDraft): Set<CouponFault> {
  const faults = new Set<CouponFault>();
  const check = (fault: CouponFault, isRight: boolean) => void (isRight || faults.add(fault));
  check('code', /^[0-9A-Za-z][0-9A-Za-z_-]{1,39}$/.test(draft.code.trim()));
  check('value', draft.kind === 'amount' ? isCount(draft.amountMinor, 1) : isCount(draft.percent, 1, 100));
  check('currency', /^[A-Z]{3,5}$/.test(draft.currency));
  check('product', draft.productId === null || isCount(draft.productId, 1));
  check('min', isCount(draft.minTotalMinor, 0));
  check('max', draft.maxUses === null || isCount(draft.maxUses, 1));
  check('perBuyer', draft.perBuyer === null || isCount(draft.perBuyer, 1, 1_000_000));
  check('window', draft.startsAt === null || draft.endsAt === null || draft.startsAt < draft.endsAt);
  return faults;
}

/** Only for a draft without faults. */
export function couponBody(draft: CouponDraft): CreateCouponBody {
  const { kind, currency, productId, maxUses, perBuyer, startsAt, endsAt, status } = draft;
  const value = (kind === 'amount' ? draft.amountMinor : draft.percent) ?? 0;
  return {
    code: draft.code.trim(),
    kind,
    value,
    currency,
    productId,
    minTotalMinor: draft.minTotalMinor ?? 0,
    maxUses,
    perBuyer,
    startsAt,
    endsAt,
    status,
  };
}

/** Letters and digits that nobody takes for one another. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

export function inventCode(length = 10): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}
