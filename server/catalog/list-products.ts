/** A page of the shop's catalogue. */
import type { Language } from '../../contract/common.ts';
import type { ProductList } from '../../contract/shop.ts';
import type { Clock } from '../platform/clock.ts';
import type { LaggingReads } from '../platform/db/lagging-reads.ts';
import { type CatalogueCache, cached } from './catalogue-cache.ts';
import { type CategoryOnSale, categoriesOnSale, productsOnSale } from './on-sale-store.ts';
import { readPicturesOfProducts } from './product-picture-store.ts';
import { categoryView, productView, type Stock, stockedSkuIds } from './product-view.ts';
import { readSkusOfProducts } from './sku-store.ts';

export interface CatalogueDeps {
  catalogueReads: LaggingReads;
  catalogueCache: CatalogueCache;
  clock: Pick<Clock, 'now'>;
  stock: { available(skuIds: readonly number[]): Promise<Stock> };
}

export interface ProductSearch {
  page: number;
  pageSize: number;
  q?: string | undefined;
  /** Slug of a category. One that does not exist has no products. */
  category?: string | undefined;
  lang?: Language | undefined;
}

export async function listProducts(deps: CatalogueDeps, search: ProductSearch): Promise<ProductList> {
  const { page, pageSize, lang } = search;
  const [categories, { products, skus, covers, total }] = await Promise.all([
    cachedCategories(deps),
    pageOf(deps, search),
  ]);
  const stock = await deps.stock.available(stockedSkuIds(skus));
  const skusOf = Map.groupBy(skus, (sku) => sku.productId);
  const coverOf = new Map(covers.map((one) => [one.productId, one]));
  const byId = new Map(categories.map((category) => [category.id, category]));
  return {
    products: products.map((product) => {
      const category = product.categoryId === null ? undefined : byId.get(product.categoryId);
      const pictures = coverOf.get(product.id)?.pictures ?? [];
      const parts = { product, pictures, skus: skusOf.get(product.id) ?? [], category, stock };
      return productView(parts, lang, { description: false, now: deps.clock.now() });
    }),
    categories: categories.map((category) => categoryView(category, lang)),
    page,
    pageSize,
    total,
  };
}

export function cachedCategories({ catalogueReads, catalogueCache }: CatalogueDeps): Promise<CategoryOnSale[]> {
  return cached(catalogueCache, 'categories with icons', () => categoriesOnSale(catalogueReads.db()));
}

function pageOf(deps: CatalogueDeps, { q, category, page, pageSize }: ProductSearch) {
  const words = q?.trim() || undefined;
  const key = `page with covers ${JSON.stringify([page, pageSize, category, words])}`;
  const load = async () => {
    const db = deps.catalogueReads.db();
    let categoryId: number | undefined;
    if (category !== undefined) {
      categoryId = (await cachedCategories(deps)).find((one) => one.slug === category)?.id ?? 0;
    }
    const { products, total } = await productsOnSale(db, { q: words, categoryId, page, pageSize });
    const ids = products.map((product) => product.id);
    const [skus, pictures] = await Promise.all([
      readSkusOfProducts(db, ids),
      readPicturesOfProducts(db, ids, { firstOnly: true }),
    ]);
    // Plain data, as a shared cache carries it: no maps.
    const covers = [...pictures].map(([productId, one]) => ({ productId, pictures: one }));
    return { products, skus: [...skus.values()].flat(), covers, total };
  };
  return cached(deps.catalogueCache, key, load, ({ products }) => words === undefined && products.length > 0);
}
