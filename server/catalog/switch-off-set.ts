/** A campaign ends early, or its codes got out: all codes of the set are switched off. Orders that used one keep their price. */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { isCouponSet, switchOffSet } from './coupon-set-store.ts';
import type { EditDeps } from './edit-deps.ts';

/** @returns undefined when there is no such set; asked again, 0 codes are left to switch off */
export function switchOffCoupons(
  { database, clock }: Pick<EditDeps, 'database' | 'clock'>,
  { setId, reason, actor, requestId }: Actor & { setId: number; reason: string },
): Promise<number | undefined> {
  return database.transact('catalog.switch-off-set', async (tx) => {
    if (!(await isCouponSet(tx, setId))) return undefined;
    const at = clock.now();
    const codes = await switchOffSet(tx, setId, at);
    const entry = {
      at,
      actor,
      requestId,
      action: 'coupon.switch-off-set' as const,
      subject: `coupon-set:${setId}`,
      reason,
    };
    await recordAudit(tx, { ...entry, after: { status: 'off', codes } });
    return codes;
  });
}
