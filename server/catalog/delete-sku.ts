/** Removes a SKU that was never stocked or sold. */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { onceForRequest } from '../platform/once-for-request.ts';
import type { DeleteOutcome } from './delete-category.ts';
import { catalogueChanged, type EditDeps, type RowVersion, type SkusInUse } from './edit-deps.ts';
import { readSku, deleteSku as removeSku } from './sku-store.ts';

const action = 'sku.delete';

export async function deleteSku(
  deps: EditDeps & { skusInUse: SkusInUse },
  { id, version, actor, requestId }: RowVersion & Actor,
): Promise<DeleteOutcome> {
  const { database, clock } = deps;
  if ((await deps.skusInUse([id])).has(id)) return { kind: 'in-use' };
  const work = onceForRequest<DeleteOutcome>(
    { action, requestId },
    async (tx) => {
      const before = await readSku(tx, id);
      if (!before) return { kind: 'not-found' };
      if (!(await removeSku(tx, { id, version }))) return { kind: 'edit-conflict' };
      await recordAudit(tx, { at: clock.now(), actor, requestId, action, subject: `sku:${id}`, before });
      return { kind: 'deleted' };
    },
    async () => ({ kind: 'deleted' }),
  );
  const outcome = await database.transact('catalog.delete-sku', work);
  if (outcome.kind === 'deleted') catalogueChanged(deps);
  return outcome;
}
