/**
 * Takes the samples out of a shop that opens for real. First everything is put away, in one transaction; then what no order
 * names is deleted, product by product, so that nothing long holds up the shop. Safe to run again after a crash.
 */
import type { RemovedSamples } from '../../contract/admin.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Tx } from '../platform/db/database.ts';
import { putSetting } from '../platform/settings-store.ts';
import { deleteCategory, readCategories } from './category-store.ts';
import { catalogueChanged, type EditDeps } from './edit-deps.ts';
import { sampleSetting } from './load-sample-catalogue.ts';
import {
  categoryHasProducts,
  deleteProduct,
  type ProductRecord,
  readSampleProducts,
  updateProduct,
} from './product-store.ts';
import { sampleCategories } from './sample-catalogue.ts';
import { deleteSku, readSkusOfProducts } from './sku-store.ts';

export interface RemoveSampleDeps extends EditDeps {
  skusWithOrders(tx: Tx, skuIds: readonly number[]): Promise<ReadonlySet<number>>;
  /** @returns false when an order holds one of its cards */
  deleteCardsOfSku(tx: Tx, skuId: number): Promise<boolean>;
}

export async function removeSampleData(deps: RemoveSampleDeps, { actor, requestId }: Actor): Promise<RemovedSamples> {
  const { database, clock } = deps;
  await database.transact('sample.archive', async (tx) => {
    const at = clock.now();
    await putSetting(tx, sampleSetting, 'removed', at);
    const samples = await readSampleProducts(tx);
    for (const product of samples.filter(({ status }) => status !== 'archived')) {
      await updateProduct(tx, product, { ...product, status: 'archived' }, at);
    }
    const before = samples.map(({ id, slug, status }) => ({ id, slug, status }));
    await recordAudit(tx, { at, actor, requestId, action: 'sample.remove', subject: 'settings:sample', before });
  });
  catalogueChanged(deps);
  const removed: RemovedSamples = { deleted: 0, archived: 0 };
  for (const product of await readSampleProducts(database.read)) {
    const gone = await database.transact('sample.delete', (tx) => deleteUnordered(tx, deps, product));
    if (gone) removed.deleted++;
    else removed.archived++;
  }
  await database.transact('sample.categories', deleteEmptyCategories);
  catalogueChanged(deps);
  return removed;
}

async function deleteUnordered(tx: Tx, deps: RemoveSampleDeps, product: ProductRecord): Promise<boolean> {
  const skus = (await readSkusOfProducts(tx, [product.id])).get(product.id) ?? [];
  const ids = skus.map((sku) => sku.id);
  if ((await deps.skusWithOrders(tx, ids)).size > 0) return false;
  for (const sku of skus) {
    // What is deleted up to here stays deleted: unsold samples of a product that is put away.
    if (!(await deps.deleteCardsOfSku(tx, sku.id))) return false;
    await deleteSku(tx, sku);
  }
  return deleteProduct(tx, product);
}

async function deleteEmptyCategories(tx: Tx): Promise<void> {
  const slugs = new Set<string>(sampleCategories.map(({ slug }) => slug));
  for (const category of await readCategories(tx)) {
    if (slugs.has(category.slug) && !(await categoryHasProducts(tx, category.id))) await deleteCategory(tx, category);
  }
}
