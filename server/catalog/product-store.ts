/** The `products` table, as the administration reads and writes it. */
import { type ExpressionBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { AdminProduct, AdminProductQuery, SaleStatus } from '../../contract/admin-catalogue.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { ProductsTable, Tables } from '../platform/db/tables.ts';
import { readTranslations, type Translations, writeTranslations } from './translations.ts';

export interface ProductFields {
  slug: string;
  categoryId: number | null;
  name: string;
  summary: string;
  description: string | null;
  imageUrl: string | null;
  translations: Translations;
  status: SaleStatus;
  position: number;
}
export type ProductRecord = Omit<AdminProduct, 'skus' | 'pictures'>;

export function productRecord(row: Selectable<ProductsTable>): ProductRecord {
  return {
    id: row.id,
    slug: row.slug,
    categoryId: row.category_id,
    name: row.name,
    summary: row.summary,
    description: row.description,
    imageUrl: row.image_url,
    translations: readTranslations(row.translations),
    status: row.status as SaleStatus,
    position: row.position,
    isSample: row.is_sample === 1,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Names and summaries that contain the words, in any language, whatever the case (of Latin letters). */
export function textContains(words: string) {
  // `!` escapes, because a backslash means different things to the two databases.
  const pattern = `%${words.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
  const paths = ['$.en.name', '$.en.summary', '$.zh.name', '$.zh.summary'];
  return (eb: ExpressionBuilder<Tables, 'products'>) =>
    eb.or([
      sql<SqlBool>`LOWER(products.name) LIKE ${pattern} ESCAPE '!'`,
      sql<SqlBool>`LOWER(products.summary) LIKE ${pattern} ESCAPE '!'`,
      ...paths.map(
        (path) => sql<SqlBool>`LOWER(JSON_EXTRACT(products.translations, ${path})) LIKE ${pattern} ESCAPE '!'`,
      ),
    ]);
}

export async function searchProducts(
  db: Db,
  { q, categoryId, status, page, pageSize }: AdminProductQuery,
): Promise<{ products: ProductRecord[]; total: number }> {
  let found = db.selectFrom('products');
  if (q) found = found.where(textContains(q));
  if (categoryId) found = found.where('category_id', '=', categoryId);
  if (status) found = found.where('status', '=', status);
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

export async function readProduct(db: Db | Tx, id: number): Promise<ProductRecord | undefined> {
  const row = await db.selectFrom('products').selectAll().where('id', '=', id).executeTakeFirst();
  return row && productRecord(row);
}

export async function readSampleProducts(db: Db | Tx): Promise<ProductRecord[]> {
  const rows = await db.selectFrom('products').selectAll().where('is_sample', '=', 1).orderBy('id').execute();
  return rows.map(productRecord);
}

export async function readProductsBySlug(db: Db | Tx, slugs: readonly string[]): Promise<ProductRecord[]> {
  const rows = await db.selectFrom('products').selectAll().where('slug', 'in', slugs).execute();
  return rows.map(productRecord);
}

export async function productSlugs(db: Db | Tx, prefix: string): Promise<Set<string>> {
  const rows = await db.selectFrom('products').select('slug').where('slug', 'like', `${prefix}%`).execute();
  return new Set(rows.map((row) => row.slug));
}

export async function categoryHasProducts(db: Db | Tx, categoryId: number): Promise<boolean> {
  const query = db.selectFrom('products').select('id').where('category_id', '=', categoryId).limit(1);
  return (await query.executeTakeFirst()) !== undefined;
}

export async function anyProduct(db: Db | Tx): Promise<boolean> {
  return (await db.selectFrom('products').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Addresses of our own pictures that were typed as a product's picture. */
export async function imageUrlsOfOurs(db: Db | Tx): Promise<string[]> {
  const rows = await db.selectFrom('products').select('image_url').where('image_url', 'like', '/pictures/%').execute();
  return rows.flatMap((row) => row.image_url ?? []);
}

export async function insertProduct(
  tx: Tx,
  fields: ProductFields & { isSample?: boolean },
  nowMs: number,
): Promise<number> {
  const values = { ...columns(fields), is_sample: fields.isSample ? 1 : 0, created_at: nowMs, updated_at: nowMs };
  const result = await tx.insertInto('products').values(values).executeTakeFirstOrThrow();
  return Number(result.insertId);
}

/** @returns false when the row is not at that version any more */
export async function updateProduct(
  tx: Tx,
  key: { id: number; version: number },
  fields: ProductFields,
  nowMs: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('products')
    .set({ ...columns(fields), version: key.version + 1, updated_at: nowMs })
    .where('id', '=', key.id)
    .where('version', '=', key.version)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function deleteProduct(tx: Tx, key: { id: number; version: number }): Promise<boolean> {
  const result = await tx
    .deleteFrom('products')
    .where('id', '=', key.id)
    .where('version', '=', key.version)
    .executeTakeFirst();
  if (result.numDeletedRows === 0n) return false;
  await tx.deleteFrom('product_pictures').where('product_id', '=', key.id).execute();
  return true;
}

function columns(fields: ProductFields) {
  const { slug, name, summary, description, status, position } = fields;
  const translations = writeTranslations(fields.translations);
  const category_id = fields.categoryId;
  return { slug, category_id, name, summary, description, image_url: fields.imageUrl, translations, status, position };
}
