/** The `product_pictures` table: which pictures a product shows, in their order. */
import type { AdminProductPicture, ProductPictureInput } from '../../contract/pictures.ts';
import { insertRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import { pictureView } from './picture.ts';
import { readPictures } from './picture-store.ts';

/** What a product shows, without the sizes: this is what the audit log keeps. */
export type ProductPicture = Required<ProductPictureInput>;

/** By product; `firstOnly` for lists, which show the cover alone. */
export async function readPicturesOfProducts(
  db: Db | Tx,
  productIds: readonly number[],
  { firstOnly = false } = {},
): Promise<Map<number, AdminProductPicture[]>> {
  const byProduct = new Map<number, AdminProductPicture[]>();
  if (productIds.length === 0) return byProduct;
  let found = db.selectFrom('product_pictures').selectAll().where('product_id', 'in', productIds);
  if (firstOnly) found = found.where('position', '=', 0);
  const rows = await found.orderBy('product_id').orderBy('position').execute();
  const pictures = await readPictures(
    db,
    rows.map((row) => row.picture_id),
  );
  for (const row of rows) {
    const picture = pictures.get(row.picture_id);
    if (!picture) continue;
    const shown = { ...pictureView(picture), alt: row.alt, altEn: row.alt_en };
    byProduct.set(row.product_id, [...(byProduct.get(row.product_id) ?? []), shown]);
  }
  return byProduct;
}

export function productPictures(input: readonly ProductPictureInput[]): ProductPicture[] {
  return input.map(({ id, alt = '', altEn = '' }) => ({ id, alt: alt.trim(), altEn: altEn.trim() }));
}

export async function readProductPictures(db: Db | Tx, productId: number): Promise<ProductPicture[]> {
  const found = db.selectFrom('product_pictures').selectAll().where('product_id', '=', productId);
  const rows = await found.orderBy('position').execute();
  return rows.map((row) => ({ id: row.picture_id, alt: row.alt, altEn: row.alt_en }));
}

/** Puts these in the place of those that are there, in the transaction that changes the product's version. */
export async function putProductPictures(
  tx: Tx,
  productId: number,
  pictures: readonly ProductPicture[],
): Promise<void> {
  await tx.deleteFrom('product_pictures').where('product_id', '=', productId).execute();
  const rows = pictures.map(({ id, alt, altEn }, position) => ({
    product_id: productId,
    position,
    picture_id: id,
    alt,
    alt_en: altEn,
  }));
  await insertRows(tx, 'product_pictures', rows);
}

/** Of these pictures, those that some product shows. */
export async function picturesInProducts(db: Db | Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = db.selectFrom('product_pictures').select('picture_id').distinct().where('picture_id', 'in', ids);
  return (await found.execute()).map((row) => row.picture_id);
}
