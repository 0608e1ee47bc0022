/** What buyers can see: active products that have an active SKU, and the categories these stand in. */
import type { ExpressionBuilder } from 'kysely';
import type { Db } from '../platform/db/database.ts';
import type { Tables } from '../platform/db/tables.ts';
import { type ProductRecord, productRecord, textContains } from './product-store.ts';
import { readTranslations, type Translations } from './translations.ts';

export interface CategoryOnSale {
  id: number;
  slug: string;
  name: string;
  translations: Translations;
  iconId: string | null;
  productCount: number;
}

export async function categoriesOnSale(db: Db): Promise<CategoryOnSale[]> {
  const rows = await db
    .selectFrom('categories')
    .innerJoin('products', 'products.category_id', 'categories.id')
    .where('products.status', '=', 'active')
    .where(hasActiveSku)
    .select(['categories.id', 'categories.slug', 'categories.name', 'categories.translations', 'categories.position'])
    .select('categories.icon_id')
    .select((eb) => eb.fn.countAll().as('products'))
    .groupBy(['categories.id', 'categories.slug', 'categories.name', 'categories.translations', 'categories.position'])
    .groupBy('categories.icon_id')
    .orderBy('categories.position')
    .orderBy('categories.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    translations: readTranslations(row.translations),
    iconId: row.icon_id,
    productCount: Number(row.products),
  }));
}

export async function productsOnSale(
  db: Db,
  { q, categoryId, page, pageSize }: { q?: string; categoryId?: number; page: number; pageSize: number },
): Promise<{ products: ProductRecord[]; total: number }> {
  let found = db.selectFrom('products').where('status', '=', 'active').where(hasActiveSku);
  if (q) found = found.where(textContains(q));
  if (categoryId !== undefined) found = found.where('category_id', '=', categoryId);
  const [rows, count] = await Promise.all([
    found
      .selectAll()
      .orderBy('position')
      .orderBy('id')
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
    found.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { products: rows.map(productRecord), total: Number(count.total) };
}

export async function productOnSale(db: Db, slug: string): Promise<ProductRecord | undefined> {
  const found = db.selectFrom('products').selectAll().where('slug', '=', slug).where('status', '=', 'active');
  const row = await found.where(hasActiveSku).executeTakeFirst();
  return row && productRecord(row);
}

export async function hasSampleProduct(db: Db): Promise<boolean> {
  const found = db.selectFrom('products').select('id').where('is_sample', '=', 1).where('status', '=', 'active');
  return (await found.limit(1).executeTakeFirst()) !== undefined;
}

function hasActiveSku(eb: ExpressionBuilder<Tables, 'products'>) {
  return eb.exists(
    eb
      .selectFrom('skus')
      .select('skus.id')
      .whereRef('skus.product_id', '=', 'products.id')
      .where('skus.status', '=', 'active'),
  );
}
