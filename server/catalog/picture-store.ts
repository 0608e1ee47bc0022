/** The `pictures` and `picture_files` tables. */
import type { PictureSize } from '../../contract/pictures.ts';
import { insertRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { PictureRecord } from './picture.ts';

export interface PictureFile {
  size: PictureSize;
  content: Uint8Array;
}

export async function readPictures(db: Db | Tx, ids: readonly string[]): Promise<Map<string, PictureRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('pictures').select(['id', 'width', 'height']).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function countPictures(db: Db | Tx): Promise<number> {
  const row = await db
    .selectFrom('pictures')
    .select((eb) => eb.fn.countAll().as('total'))
    .executeTakeFirstOrThrow();
  return Number(row.total);
}

/** Two who send the same picture at once: one row, with all its files. */
export async function insertPicture(
  tx: Tx,
  { id, width, height }: PictureRecord,
  files: readonly PictureFile[],
  { actor, nowMs }: { actor: string; nowMs: number },
): Promise<boolean> {
  const row = { id, width, height, used_at: nowMs, created_by: actor.slice(0, 120), created_at: nowMs };
  if ((await insertRows(tx, 'pictures', [row], { onConflict: 'ignore' })) === 0) return false;
  for (const { size, content } of files) {
    await insertRows(tx, 'picture_files', [{ picture_id: id, size, content }]);
  }
  return true;
}

/**
 * Says that these are taken into use or out of it now. Holds their rows until the transaction ends, so that what removes
 * unused ones waits and then finds them used.
 * @returns whether all of them are there
 */
export async function touchPictures(tx: Tx, ids: readonly string[], nowMs: number): Promise<boolean> {
  const wanted = [...new Set(ids)].sort();
  let found = 0;
  for (const id of wanted) {
    const result = await tx
      .updateTable('pictures')
      .set((eb) => ({ used_at: nowMs, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .executeTakeFirst();
    found += Number(result.numUpdatedRows);
  }
  return found === wanted.length;
}

/** The file of that size, or the largest there is below it. */
export async function readPictureFile(db: Db, id: string, size: number): Promise<Uint8Array | undefined> {
  const found = db.selectFrom('picture_files').select('content').where('picture_id', '=', id).where('size', '<=', size);
  return (await found.orderBy('size', 'desc').limit(1).executeTakeFirst())?.content;
}

/** Not taken into use or out of it since. Whether they are in use is for others to say. */
export async function picturesUntouchedSince(db: Db | Tx, atMs: number, after: string, limit: number) {
  const found = db.selectFrom('pictures').select('id').where('used_at', '<', atMs).where('id', '>', after);
  return (await found.orderBy('id').limit(limit).execute()).map(({ id }) => id);
}

/** @returns false when somebody has taken it into use meanwhile */
export async function deletePicture(tx: Tx, id: string, untouchedSinceMs: number): Promise<boolean> {
  const gone = await tx
    .deleteFrom('pictures')
    .where('id', '=', id)
    .where('used_at', '<', untouchedSinceMs)
    .executeTakeFirst();
  if (gone.numDeletedRows === 0n) return false;
  await tx.deleteFrom('picture_files').where('picture_id', '=', id).execute();
  return true;
}
