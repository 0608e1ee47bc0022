import type { CouponView, CreateCouponBody } from '../../contract/admin.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Tx } from '../platform/db/database.ts';
import { isDuplicateKey } from '../platform/db/errors.ts';
import { onceForRequest } from '../platform/once-for-request.ts';
import { couponFaults } from './coupon-rules.ts';
import { insertCoupon, readCoupon } from './coupon-store.ts';
import type { EditDeps, Refusal } from './edit-deps.ts';

const action = 'coupon.create';
export type CreateCouponOutcome =
  | { kind: 'created'; coupon: CouponView }
  | Extract<Refusal, { kind: 'slug-taken' | 'invalid' }>;

/** @returns `slug-taken` when there is a coupon of that code */
export async function createCoupon(
  { database, clock }: Pick<EditDeps, 'database' | 'clock'>,
  { actor, requestId, ...body }: CreateCouponBody & Actor,
): Promise<CreateCouponOutcome> {
  const fields = {
    code: body.code.toUpperCase(),
    kind: body.kind,
    value: body.value,
    currency: body.currency ?? null,
    productId: body.productId ?? null,
    minTotalMinor: body.minTotalMinor ?? 0,
    maxUses: body.maxUses ?? null,
    perBuyer: body.perBuyer ?? null,
    startsAt: body.startsAt ?? null,
    endsAt: body.endsAt ?? null,
    status: body.status ?? 'active',
  };
  const faults = couponFaults(fields);
  if (faults.length > 0) return { kind: 'invalid', faults };

  async function create(tx: Tx): Promise<CreateCouponOutcome> {
    const at = clock.now();
    const id = await insertCoupon(tx, fields, at);
    await recordAudit(tx, { at, actor, requestId, action, subject: `coupon:${id}`, after: fields });
    return created(tx, id);
  }
  async function created(tx: Tx, id: number): Promise<CreateCouponOutcome> {
    const coupon = await readCoupon(tx, id);
    if (!coupon) throw new Error(`coupon ${id} was just inserted and is not there`);
    return { kind: 'created', coupon };
  }

  try {
    return await database.transact('catalog.create-coupon', onceForRequest({ action, requestId }, create, created));
  } catch (error) {
    if (isDuplicateKey(error)) return { kind: 'slug-taken' };
    throw error;
  }
}
