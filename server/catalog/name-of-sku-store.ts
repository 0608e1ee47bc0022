/** What a variant is called outside the catalogue: in a mail, in a list. */
import type { Language } from '../../contract/common.ts';
import type { Db } from '../platform/db/database.ts';
import { readTranslations, textIn } from './translations.ts';

/** @returns undefined when it is not on sale */
export async function nameOfSku(
  db: Db,
  skuId: number,
  lang: Language,
): Promise<{ name: string; slug: string } | undefined> {
  const row = (await named(db, [skuId])).find((one) => one.status === 'active' && one.product_status === 'active');
  return row && { name: nameIn(row, lang), slug: row.slug };
}

export async function namesOfSkus(db: Db, skuIds: readonly number[], lang: Language): Promise<Map<number, string>> {
  if (skuIds.length === 0) return new Map();
  return new Map((await named(db, skuIds)).map((row) => [row.id, nameIn(row, lang)]));
}

function named(db: Db, skuIds: readonly number[]) {
  return db
    .selectFrom('skus')
    .innerJoin('products', 'products.id', 'skus.product_id')
    .select([
      'skus.id',
      'skus.name',
      'skus.translations',
      'skus.status',
      'products.slug',
      'products.name as product_name',
      'products.translations as product_translations',
      'products.status as product_status',
    ])
    .where('skus.id', 'in', skuIds)
    .execute();
}

function nameIn(row: Awaited<ReturnType<typeof named>>[number], lang: Language): string {
  const product = textIn(lang, readTranslations(row.product_translations), 'name', row.product_name);
  return [product, textIn(lang, readTranslations(row.translations), 'name', row.name)].filter(Boolean).join(' · ');
}
