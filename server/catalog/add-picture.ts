import type { PictureView } from '../../contract/pictures.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { sha256 } from '../platform/ids.ts';
import type { EncodeOutcome } from './encode-picture.ts';
import { pictureView } from './picture.ts';
import { countPictures, insertPicture, readPictures, touchPictures } from './picture-store.ts';

/** At most 300 KB each: a shop with so many has them by mistake. */
const maxPictures = 5000;

export interface AddPictureDeps {
  database: Database;
  clock: Clock;
  encode(bytes: Uint8Array): Promise<EncodeOutcome>;
}

export type AddPictureOutcome =
  | { kind: 'added'; picture: PictureView }
  | Exclude<EncodeOutcome, { kind: 'encoded' }>
  | { kind: 'too-many' };

/** Takes a picture in. Nothing shows it yet; what nothing shows a day later is removed. */
export async function addPicture(
  { database, clock, encode }: AddPictureDeps,
  { bytes, actor, requestId }: { bytes: Uint8Array } & Actor,
): Promise<AddPictureOutcome> {
  const id = sha256(bytes);
  const known = await database.transact('picture.touch', async (tx) => {
    const there = await touchPictures(tx, [id], clock.now());
    return there ? (await readPictures(tx, [id])).get(id) : undefined;
  });
  if (known) return { kind: 'added', picture: pictureView(known) };
  if ((await countPictures(database.read)) >= maxPictures) return { kind: 'too-many' };
  const encoded = await encode(bytes);
  if (encoded.kind !== 'encoded') return encoded;
  const picture = { id, width: encoded.width, height: encoded.height };
  await database.transact('picture.add', async (tx) => {
    const at = clock.now();
    if (!(await insertPicture(tx, picture, encoded.files, { actor, nowMs: at }))) return;
    const after = { ...picture, bytes: bytes.length };
    await recordAudit(tx, { at, actor, requestId, action: 'picture.add', subject: `picture:${id}`, after });
  });
  return { kind: 'added', picture: pictureView(picture) };
}
