/** Removes a product that was never stocked or sold, with its SKUs. Anything else can only be archived. */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { onceForRequest } from '../platform/once-for-request.ts';
import type { DeleteOutcome } from './delete-category.ts';
import { catalogueChanged, type EditDeps, type RowVersion, type SkusInUse } from './edit-deps.ts';
import { readProduct, deleteProduct as removeProduct } from './product-store.ts';
import { deleteSku, readSkusOfProducts } from './sku-store.ts';

const action = 'product.delete' as const;

export async function deleteProduct(
  deps: EditDeps & { skusInUse: SkusInUse },
  { id, version, actor, requestId }: RowVersion & Actor,
): Promise<DeleteOutcome> {
  const { database, clock } = deps;
  // Outside the transaction, because it may look through many orders. An order placed in between keeps its own copy of
  // names and prices, and cards cannot be among its lines, for there are none.
  const known = (await readSkusOfProducts(database.read, [id])).get(id) ?? [];
  const used = await deps.skusInUse(known.map((sku) => sku.id));
  if (used.size > 0) return { kind: 'in-use' };
  const work = onceForRequest<DeleteOutcome>(
    { action, requestId },
    async (tx) => {
      const before = await readProduct(tx, id);
      if (!before) return { kind: 'not-found' };
      const skus = (await readSkusOfProducts(tx, [id])).get(id) ?? [];
      if (skus.length !== known.length) return { kind: 'edit-conflict' };
      if (!(await removeProduct(tx, { id, version }))) return { kind: 'edit-conflict' };
      for (const sku of skus) await deleteSku(tx, sku);
      const audit = { at: clock.now(), actor, requestId, action, subject: `product:${id}` };
      await recordAudit(tx, { ...audit, before: { ...before, skus } });
      return { kind: 'deleted' };
    },
    async () => ({ kind: 'deleted' }),
  );
  const outcome = await database.transact('catalog.delete-product', work);
  if (outcome.kind === 'deleted') catalogueChanged(deps);
  return outcome;
}
