/** Removes an empty category. */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { onceForRequest } from '../platform/once-for-request.ts';
import { readCategory, deleteCategory as removeCategory } from './category-store.ts';
import { catalogueChanged, type EditDeps, type Refusal, type RowVersion } from './edit-deps.ts';
import { categoryHasProducts } from './product-store.ts';

const action = 'category.delete';
export type DeleteOutcome = { kind: 'deleted' } | Extract<Refusal, { kind: 'not-found' | 'edit-conflict' | 'in-use' }>;

export async function deleteCategory(
  deps: EditDeps,
  { id, version, actor, requestId }: RowVersion & Actor,
): Promise<DeleteOutcome> {
  const { database, clock } = deps;
  const work = onceForRequest<DeleteOutcome>(
    { action, requestId },
    async (tx) => {
      const before = await readCategory(tx, id);
      if (!before) return { kind: 'not-found' };
      if (await categoryHasProducts(tx, id)) return { kind: 'in-use' };
      if (!(await removeCategory(tx, { id, version }))) return { kind: 'edit-conflict' };
      await recordAudit(tx, { at: clock.now(), actor, requestId, action, subject: `category:${id}`, before });
      return { kind: 'deleted' };
    },
    async () => ({ kind: 'deleted' }),
  );
  const outcome = await database.transact('catalog.delete-category', work);
  if (outcome.kind === 'deleted') catalogueChanged(deps);
  return outcome;
}
