import type { UpdateSkuBody } from '../../contract/admin-catalogue.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { changedFields } from '../platform/changed-fields.ts';
import { onceForRequest } from '../platform/once-for-request.ts';
import { catalogueChanged, type EditDeps, type Refusal, type SkusInUse } from './edit-deps.ts';
import { skuFaults } from './sku-rules.ts';
import { readSku, updateSku as writeSku } from './sku-store.ts';

const action = 'sku.update' as const;
export type UpdateSkuOutcome =
  | { kind: 'changed'; id: number }
  | Extract<Refusal, { kind: 'not-found' | 'edit-conflict' | 'in-use' | 'invalid' }>;

/** Orders keep the price and names they were placed with, so these may change at any time; how it is delivered may not. */
export async function updateSku(
  deps: EditDeps & { skusInUse: SkusInUse },
  { id, version, actor, requestId, ...changes }: UpdateSkuBody & Actor & { id: number },
): Promise<UpdateSkuOutcome> {
  const { database, clock } = deps;
  const used = changes.delivery !== undefined && (await deps.skusInUse([id])).has(id);
  const work = onceForRequest<UpdateSkuOutcome>(
    { action, requestId },
    async (tx) => {
      const before = await readSku(tx, id);
      if (!before) return { kind: 'not-found' };
      const fields = { ...before, ...changes };
      if (used && fields.delivery !== before.delivery) return { kind: 'in-use' };
      const faults = skuFaults(fields);
      if (faults.length > 0) return { kind: 'invalid', faults };
      const at = clock.now();
      if (!(await writeSku(tx, { id, version }, fields, at))) return { kind: 'edit-conflict' };
      const audit = { at, actor, requestId, action, subject: `sku:${id}` };
      await recordAudit(tx, { ...audit, ...changedFields(before, fields) });
      return { kind: 'changed', id };
    },
    async () => ({ kind: 'changed', id }),
  );
  const outcome = await database.transact('catalog.update-sku', work);
  if (outcome.kind === 'changed') catalogueChanged(deps);
  return outcome;
}
