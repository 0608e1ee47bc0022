/** The `categories` table. */
import type { Selectable } from 'kysely';
import type { AdminCategory } from '../../contract/admin-catalogue.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { CategoriesTable } from '../platform/db/tables.ts';
import { readTranslations, type Translations, writeTranslations } from './translations.ts';

export interface CategoryFields {
  slug: string;
  name: string;
  translations: Translations;
  position: number;
  iconId: string | null;
}

function category(row: Selectable<CategoriesTable>): AdminCategory {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    translations: readTranslations(row.translations),
    position: row.position,
    iconId: row.icon_id,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export async function readCategories(db: Db | Tx): Promise<AdminCategory[]> {
  const rows = await db.selectFrom('categories').selectAll().orderBy('position').orderBy('id').execute();
  return rows.map(category);
}

/** Every picture that stands for a category. */
export async function categoryIcons(db: Db | Tx): Promise<string[]> {
  const rows = await db.selectFrom('categories').select('icon_id').where('icon_id', 'is not', null).execute();
  return rows.flatMap((row) => row.icon_id ?? []);
}

export async function readCategory(db: Db | Tx, id: number): Promise<AdminCategory | undefined> {
  const row = await db.selectFrom('categories').selectAll().where('id', '=', id).executeTakeFirst();
  return row && category(row);
}

export async function categorySlugs(db: Db | Tx, prefix: string): Promise<Set<string>> {
  const rows = await db.selectFrom('categories').select('slug').where('slug', 'like', `${prefix}%`).execute();
  return new Set(rows.map((row) => row.slug));
}

export async function insertCategory(tx: Tx, fields: CategoryFields, nowMs: number): Promise<number> {
  const values = { ...columns(fields), created_at: nowMs, updated_at: nowMs };
  const result = await tx.insertInto('categories').values(values).executeTakeFirstOrThrow();
  return Number(result.insertId);
}

/** @returns false when the row is not at that version any more */
export async function updateCategory(
  tx: Tx,
  key: { id: number; version: number },
  fields: CategoryFields,
  nowMs: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('categories')
    .set({ ...columns(fields), version: key.version + 1, updated_at: nowMs })
    .where('id', '=', key.id)
    .where('version', '=', key.version)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function deleteCategory(tx: Tx, key: { id: number; version: number }): Promise<boolean> {
  const result = await tx
    .deleteFrom('categories')
    .where('id', '=', key.id)
    .where('version', '=', key.version)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

function columns(fields: CategoryFields) {
  const { slug, name, position } = fields;
  return { slug, name, position, icon_id: fields.iconId, translations: writeTranslations(fields.translations) };
}
