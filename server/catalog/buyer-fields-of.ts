/** What a SKU asks its buyers for, as the pages know it: kept for a moment, and longer while the database is away. */
import type { BuyerField } from '../../contract/buyer-fields.ts';
import { cached } from './catalogue-cache.ts';
import type { CatalogueDeps } from './list-products.ts';
import { readSku } from './sku-store.ts';

/** Empty for a SKU that asks for nothing or does not exist. */
export function buyerFieldsOf(
  { catalogueReads, catalogueCache }: Pick<CatalogueDeps, 'catalogueReads' | 'catalogueCache'>,
  skuId: number,
): Promise<readonly BuyerField[]> {
  const load = async () => (await readSku(catalogueReads.db(), skuId))?.buyerFields ?? [];
  return cached(catalogueCache, `fields ${skuId}`, load, (fields) => fields.length > 0);
}
