/** Removes a coupon that nobody used; one that was used can be switched off. */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { onceForRequest } from '../platform/once-for-request.ts';
import { deleteUnusedCoupon, readCoupon } from './coupon-store.ts';
import type { DeleteOutcome } from './delete-category.ts';
import type { EditDeps, RowVersion } from './edit-deps.ts';

const action = 'coupon.delete';

export function deleteCoupon(
  { database, clock }: Pick<EditDeps, 'database' | 'clock'>,
  { id, version, actor, requestId }: RowVersion & Actor,
): Promise<DeleteOutcome> {
  const work = onceForRequest<DeleteOutcome>(
    { action, requestId },
    async (tx) => {
      const before = await readCoupon(tx, id);
      if (!before) return { kind: 'not-found' };
      if (before.used > 0) return { kind: 'in-use' };
      if (!(await deleteUnusedCoupon(tx, { id, version }))) return { kind: 'edit-conflict' };
      await recordAudit(tx, { at: clock.now(), actor, requestId, action, subject: `coupon:${id}`, before });
      return { kind: 'deleted' };
    },
    async () => ({ kind: 'deleted' }),
  );
  return database.transact('catalog.delete-coupon', work);
}
