import type { AdminCategory, CreateCategoryBody } from '../../contract/admin-catalogue.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Tx } from '../platform/db/database.ts';
import { isDuplicateKey } from '../platform/db/errors.ts';
import { onceForRequest } from '../platform/once-for-request.ts';
import { categorySlugs, insertCategory, readCategory } from './category-store.ts';
import { catalogueChanged, type EditDeps, type Refusal } from './edit-deps.ts';
import { touchPictures } from './picture-store.ts';
import { freeSlug, randomSlug, slugFrom } from './slug.ts';

const action = 'category.create';
export type CreateCategoryOutcome =
  | { kind: 'created'; category: AdminCategory }
  | Extract<Refusal, { kind: 'slug-taken' | 'picture-not-found' }>;

export async function createCategory(
  deps: EditDeps,
  { actor, requestId, ...body }: CreateCategoryBody & Actor,
): Promise<CreateCategoryOutcome> {
  const { database, clock } = deps;
  const wanted = body.slug ?? slugFrom(body.name, randomSlug('category'));

  async function create(tx: Tx): Promise<CreateCategoryOutcome> {
    const at = clock.now();
    const slug = body.slug ?? freeSlug(wanted, await categorySlugs(tx, wanted));
    const { name, translations = {}, position = 0, iconId = null } = body;
    if (iconId !== null && !(await touchPictures(tx, [iconId], at))) return { kind: 'picture-not-found' };
    const fields = { name, slug, translations, position, iconId };
    const id = await insertCategory(tx, fields, at);
    await recordAudit(tx, { at, actor, requestId, action, subject: `category:${id}`, after: { id, ...fields } });
    return created(tx, id);
  }
  async function created(tx: Tx, id: number): Promise<CreateCategoryOutcome> {
    const category = await readCategory(tx, id);
    if (!category) throw new Error(`category ${id} was just inserted and is not there`);
    return { kind: 'created', category };
  }

  try {
    const work = onceForRequest({ action, requestId }, create, created);
    const outcome = await database.transact('catalog.create-category', work);
    catalogueChanged(deps);
    return outcome;
  } catch (error) {
    if (isDuplicateKey(error)) return { kind: 'slug-taken' };
    throw error;
  }
}
