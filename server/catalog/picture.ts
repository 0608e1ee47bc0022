/** A picture as the shop knows it: its addresses, its sizes, and what a file really is by its first bytes. */
import { type PictureSize, type PictureType, type PictureView, pictureSizes } from '../../contract/pictures.ts';

export interface PictureRecord {
  id: string;
  /** Of the largest size. */
  width: number;
  height: number;
}

/** The sizes a picture of this width is kept in. */
export function sizesOf(width: number): PictureSize[] {
  const enough = pictureSizes.findIndex((size) => size >= width);
  return pictureSizes.slice(0, enough < 0 ? pictureSizes.length : enough + 1);
}

/** Every size of every picture has an address: one that is larger than the picture answers with the largest there is. */
export function pictureUrl(id: string, size: PictureSize): string {
  return `/pictures/${id}-${size}.webp`;
}

export function pictureView({ id, width, height }: PictureRecord): PictureView {
  const sizes = sizesOf(width);
  const srcset = sizes.map((size) => `${pictureUrl(id, size)} ${Math.min(size, width)}w`).join(', ');
  return { id, url: pictureUrl(id, sizes.at(-1) ?? 1280), srcset, width, height };
}

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

/** Undefined for everything that the shop does not take, whatever it calls itself. */
export function pictureTypeOf(bytes: Uint8Array): PictureType | undefined {
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return 'image/gif';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp';
  // Its box lists the brands it is made for; HEIC has the same box with others.
  if (ascii(bytes, 4, 8) === 'ftyp' && /avi[fs]/.test(ascii(bytes, 8, 40))) return 'image/avif';
  return undefined;
}
