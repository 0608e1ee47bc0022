import type { UpdateProductBody } from '../../contract/admin-catalogue.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { changedFields } from '../platform/changed-fields.ts';
import type { Tx } from '../platform/db/database.ts';
import { isDuplicateKey } from '../platform/db/errors.ts';
import { onceForRequest } from '../platform/once-for-request.ts';
import { readCategory } from './category-store.ts';
import { catalogueChanged, type EditDeps, type Refusal } from './edit-deps.ts';
import { touchPictures } from './picture-store.ts';
import { productPictures, putProductPictures, readProductPictures } from './product-picture-store.ts';
import { readProduct, updateProduct as writeProduct } from './product-store.ts';

const action = 'product.update' as const;
export type UpdateProductOutcome =
  | { kind: 'changed'; id: number }
  | Extract<
      Refusal,
      { kind: 'not-found' | 'edit-conflict' | 'slug-taken' | 'category-not-found' | 'picture-not-found' }
    >;

export async function updateProduct(
  deps: EditDeps,
  { id, version, actor, requestId, pictures: wanted, ...changes }: UpdateProductBody & Actor & { id: number },
): Promise<UpdateProductOutcome> {
  const { database, clock } = deps;

  async function change(tx: Tx): Promise<UpdateProductOutcome> {
    const before = await readProduct(tx, id);
    if (!before) return { kind: 'not-found' };
    const { categoryId } = changes;
    if (categoryId && !(await readCategory(tx, categoryId))) return { kind: 'category-not-found' };
    const at = clock.now();
    const fields = { ...before, ...changes };
    const shown = wanted && { before: await readProductPictures(tx, id), after: productPictures(wanted) };
    if (shown && !(await touchPictures(tx, idsOf(shown.after), at))) return { kind: 'picture-not-found' };
    if (!(await writeProduct(tx, { id, version }, fields, at))) return { kind: 'edit-conflict' };
    if (shown) {
      // A day begins for those that are not shown any more.
      await touchPictures(tx, idsOf(shown.before), at);
      await putProductPictures(tx, id, shown.after);
    }
    const audit = { at, actor, requestId, action, subject: `product:${id}` };
    await recordAudit(tx, {
      ...audit,
      ...changedFields({ ...before, pictures: shown?.before }, { ...fields, pictures: shown?.after }),
    });
    return { kind: 'changed', id };
  }

  try {
    const work = onceForRequest<UpdateProductOutcome>({ action, requestId }, change, async () => ({
      kind: 'changed',
      id,
    }));
    const outcome = await database.transact('catalog.update-product', work);
    if (outcome.kind === 'changed') catalogueChanged(deps);
    return outcome;
  } catch (error) {
    if (isDuplicateKey(error)) return { kind: 'slug-taken' };
    throw error;
  }
}

const idsOf = (pictures: readonly { id: string }[]): string[] => pictures.map(({ id }) => id);
