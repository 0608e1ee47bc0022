/** The catalogue as its owner sees it: everything, with versions to edit by and stock as it is now. */
import type { AdminProduct, AdminProductList, AdminProductQuery, AdminSku } from '../../contract/admin-catalogue.ts';
import type { Database } from '../platform/db/database.ts';
import { readPicturesOfProducts } from './product-picture-store.ts';
import { type ProductRecord, readProduct, searchProducts } from './product-store.ts';
import { type Stock, stockedSkuIds, stockOf } from './product-view.ts';
import { readSku, readSkusOfProducts, type SkuRecord } from './sku-store.ts';

export interface AdminCatalogueDeps {
  database: Database;
  stock: { available(skuIds: readonly number[]): Promise<Stock> };
}

export async function listAdminProducts(deps: AdminCatalogueDeps, query: AdminProductQuery): Promise<AdminProductList> {
  const { products, total } = await searchProducts(deps.database.read, query);
  return { products: await withSkus(deps, products), page: query.page, pageSize: query.pageSize, total };
}

export async function showAdminProduct(deps: AdminCatalogueDeps, id: number): Promise<AdminProduct | undefined> {
  const product = await readProduct(deps.database.read, id);
  return product && (await withSkus(deps, [product]))[0];
}

export async function showAdminSku(deps: AdminCatalogueDeps, id: number): Promise<AdminSku | undefined> {
  const sku = await readSku(deps.database.read, id);
  return sku && (await withStock(deps, [sku]))[0];
}

async function withSkus(deps: AdminCatalogueDeps, products: readonly ProductRecord[]): Promise<AdminProduct[]> {
  const ids = products.map((product) => product.id);
  const [found, pictures] = await Promise.all([
    readSkusOfProducts(deps.database.read, ids),
    readPicturesOfProducts(deps.database.read, ids),
  ]);
  const skus = Map.groupBy(await withStock(deps, [...found.values()].flat()), (sku) => sku.productId);
  return products.map((product) => ({
    ...product,
    pictures: pictures.get(product.id) ?? [],
    skus: skus.get(product.id) ?? [],
  }));
}

async function withStock(deps: AdminCatalogueDeps, skus: readonly SkuRecord[]): Promise<AdminSku[]> {
  const stock = await deps.stock.available(stockedSkuIds(skus));
  return skus.map((sku) => ({ ...sku, stock: stockOf(sku, stock) }));
}
