/** Removes pictures that were uploaded and never shown, or that nothing shows any more. */
import type { Clock } from '../platform/clock.ts';
import type { Database, Db, Tx } from '../platform/db/database.ts';
import { readSetting } from '../platform/settings-store.ts';
import { readKeptAppearance } from './appearance.ts';
import { categoryIcons } from './category-store.ts';
import { deletePicture, picturesUntouchedSince } from './picture-store.ts';
import { picturesInProducts } from './product-picture-store.ts';
import { imageUrlsOfOurs } from './product-store.ts';
import { appearanceSetting } from './shop-info.ts';

/** Time enough to finish the form that a picture was uploaded for. */
const keptUnusedMs = 24 * 3_600_000;
const atOnce = 100;

export interface RemovePicturesDeps {
  database: Database;
  clock: Clock;
  signal: AbortSignal;
  /** Throws when another process leads by now. */
  confirm(tx: Tx): Promise<void>;
}

export async function removeUnusedPictures({ database, clock, signal, confirm }: RemovePicturesDeps): Promise<number> {
  const before = clock.now() - keptUnusedMs;
  let removed = 0;
  let after = '';
  while (!signal.aborted) {
    const ids = await picturesUntouchedSince(database.read, before, after, atOnce);
    if (ids.length === 0) break;
    after = ids.at(-1) ?? after;
    removed += await database.transact('picture.remove', async (tx) => {
      await confirm(tx);
      const used = await usedOf(tx, ids);
      let gone = 0;
      for (const id of ids) if (!used.has(id) && (await deletePicture(tx, id, before))) gone++;
      return gone;
    });
  }
  return removed;
}

/** Everything that may show a picture. */
async function usedOf(db: Db | Tx, ids: readonly string[]): Promise<Set<string>> {
  const used = new Set([...(await picturesInProducts(db, ids)), ...(await categoryIcons(db))]);
  const { logo, favicon, customCss } = readKeptAppearance(await readSetting(db, appearanceSetting));
  for (const one of [logo, favicon]) if (one) used.add(one.id);
  const texts = [...(await imageUrlsOfOurs(db)), customCss].join(' ');
  for (const [, id = ''] of texts.matchAll(/\/pictures\/([\w-]{43})-/g)) used.add(id);
  return used;
}
