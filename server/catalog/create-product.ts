import type { CreateProductBody } from '../../contract/admin-catalogue.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Tx } from '../platform/db/database.ts';
import { isDuplicateKey } from '../platform/db/errors.ts';
import { onceForRequest } from '../platform/once-for-request.ts';
import { readCategory } from './category-store.ts';
import { catalogueChanged, type EditDeps, type Refusal } from './edit-deps.ts';
import { touchPictures } from './picture-store.ts';
import { productPictures, putProductPictures } from './product-picture-store.ts';
import { insertProduct, productSlugs } from './product-store.ts';
import { freeSlug, randomSlug, slugFrom } from './slug.ts';

const action = 'product.create';
export type CreateProductOutcome =
  | { kind: 'created'; id: number }
  | Extract<Refusal, { kind: 'slug-taken' | 'category-not-found' | 'picture-not-found' }>;

export async function createProduct(
  deps: EditDeps,
  { actor, requestId, ...body }: CreateProductBody & Actor,
): Promise<CreateProductOutcome> {
  const { database, clock } = deps;
  const wanted = body.slug ?? slugFrom(body.name, randomSlug('product'));

  async function create(tx: Tx): Promise<CreateProductOutcome> {
    const { name, categoryId = null } = body;
    if (categoryId !== null && !(await readCategory(tx, categoryId))) return { kind: 'category-not-found' };
    const at = clock.now();
    const pictures = productPictures(body.pictures ?? []);
    const ids = pictures.map((picture) => picture.id);
    if (!(await touchPictures(tx, ids, at))) return { kind: 'picture-not-found' };
    const fields = {
      slug: body.slug ?? freeSlug(wanted, await productSlugs(tx, wanted)),
      categoryId,
      name,
      summary: body.summary ?? '',
      description: body.description ?? null,
      imageUrl: body.imageUrl ?? null,
      translations: body.translations ?? {},
      status: body.status ?? 'active',
      position: body.position ?? 0,
    } as const;
    const id = await insertProduct(tx, fields, at);
    await putProductPictures(tx, id, pictures);
    const after = pictures.length > 0 ? { ...fields, pictures } : fields;
    await recordAudit(tx, { at, actor, requestId, action, subject: `product:${id}`, after });
    return { kind: 'created', id };
  }

  try {
    const work = onceForRequest<CreateProductOutcome>({ action, requestId }, create, async (_tx, id) => ({
      kind: 'created',
      id,
    }));
    const outcome = await database.transact('catalog.create-product', work);
    if (outcome.kind === 'created') catalogueChanged(deps);
    return outcome;
  } catch (error) {
    if (isDuplicateKey(error)) return { kind: 'slug-taken' };
    throw error;
  }
}
