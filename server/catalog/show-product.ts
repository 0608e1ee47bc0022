/** One product with its description. */
import type { Language } from '../../contract/common.ts';
import type { ProductView } from '../../contract/shop.ts';
import { cached } from './catalogue-cache.ts';
import { type CatalogueDeps, cachedCategories } from './list-products.ts';
import { productOnSale } from './on-sale-store.ts';
import { readPicturesOfProducts } from './product-picture-store.ts';
import { productView, stockedSkuIds } from './product-view.ts';
import { readSkusOfProducts } from './sku-store.ts';

export async function showProduct(
  deps: CatalogueDeps,
  { slug, lang }: { slug: string; lang?: Language | undefined },
): Promise<ProductView | undefined> {
  const load = async () => {
    const db = deps.catalogueReads.db();
    const product = await productOnSale(db, slug);
    if (!product) return undefined;
    const [skus, pictures] = await Promise.all([
      readSkusOfProducts(db, [product.id]),
      readPicturesOfProducts(db, [product.id]),
    ]);
    return { product, skus: skus.get(product.id) ?? [], pictures: pictures.get(product.id) ?? [] };
  };
  const found = await cached(
    deps.catalogueCache,
    `product with pictures ${slug}`,
    load,
    (product) => product !== undefined,
  );
  if (!found) return undefined;
  const { product, skus, pictures } = found;
  const [categories, stock] = await Promise.all([
    cachedCategories(deps),
    deps.stock.available(stockedSkuIds(skus.filter((sku) => sku.status === 'active'))),
  ]);
  const category = categories.find((one) => one.id === product.categoryId);
  return productView({ product, pictures, skus, category, stock }, lang, { description: true, now: deps.clock.now() });
}
