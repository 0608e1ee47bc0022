import type { AdminCategory, UpdateCategoryBody } from '../../contract/admin-catalogue.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { changedFields } from '../platform/changed-fields.ts';
import type { Tx } from '../platform/db/database.ts';
import { isDuplicateKey } from '../platform/db/errors.ts';
import { onceForRequest } from '../platform/once-for-request.ts';
import { readCategory, updateCategory as writeCategory } from './category-store.ts';
import { catalogueChanged, type EditDeps, type Refusal } from './edit-deps.ts';
import { touchPictures } from './picture-store.ts';

const action = 'category.update' as const;
export type UpdateCategoryOutcome =
  | { kind: 'changed'; category: AdminCategory }
  | Extract<Refusal, { kind: 'not-found' | 'edit-conflict' | 'slug-taken' | 'picture-not-found' }>;

export async function updateCategory(
  deps: EditDeps,
  { id, version, actor, requestId, ...changes }: UpdateCategoryBody & Actor & { id: number },
): Promise<UpdateCategoryOutcome> {
  const { database, clock } = deps;

  async function change(tx: Tx): Promise<UpdateCategoryOutcome> {
    const before = await readCategory(tx, id);
    if (!before) return { kind: 'not-found' };
    const at = clock.now();
    const fields = { ...before, ...changes };
    if (fields.iconId !== before.iconId) {
      if (fields.iconId && !(await touchPictures(tx, [fields.iconId], at))) return { kind: 'picture-not-found' };
      if (before.iconId) await touchPictures(tx, [before.iconId], at);
    }
    if (!(await writeCategory(tx, { id, version }, fields, at))) return { kind: 'edit-conflict' };
    const audit = { at, actor, requestId, action, subject: `category:${id}` };
    await recordAudit(tx, { ...audit, ...changedFields(before, fields) });
    return { kind: 'changed', category: { ...fields, version: version + 1, updatedAt: at } };
  }
  async function changed(tx: Tx): Promise<UpdateCategoryOutcome> {
    const category = await readCategory(tx, id);
    return category ? { kind: 'changed', category } : { kind: 'not-found' };
  }

  try {
    const work = onceForRequest({ action, requestId }, change, changed);
    const outcome = await database.transact('catalog.update-category', work);
    if (outcome.kind === 'changed') catalogueChanged(deps);
    return outcome;
  } catch (error) {
    if (isDuplicateKey(error)) return { kind: 'slug-taken' };
    throw error;
  }
}
