/**
 * Uploaded bytes -> our own files. What came in is decoded by one of five decoders, and only the pixels go on: whatever
 * else a file carries (scripts, places, archives behind the end) is left behind. libvips works in threads of its own, for
 * one picture at a time; the loop that answers buyers waits for nothing here.
 */
import type Sharp from 'sharp';
import type { PictureType } from '../../contract/pictures.ts';
import { pictureTypeOf, sizesOf } from './picture.ts';
import type { PictureFile } from './picture-store.ts';

export type EncodeOutcome =
  | { kind: 'encoded'; width: number; height: number; files: PictureFile[] }
  | { kind: 'unknown-type' }
  | { kind: 'unreadable' }
  | { kind: 'too-large' }
  | { kind: 'busy' };

/** A camera's picture has 12 to 24 million. At 4 bytes each this is the most memory that one upload may ask for. */
const maxPixels = 40_000_000;
const maxSidePx = 16_000;
const largestPx = 1280;
/** A picture higher than twice its width is shown cut off anyway. */
const highestPx = 2 * largestPx;
const maxWaiting = 8;
const timeoutS = 15;
const webp = { quality: 80, effort: 4, smartSubsample: true };

const decoders: Record<PictureType, string> = {
  'image/png': 'Png',
  'image/jpeg': 'Jpeg',
  'image/webp': 'Webp',
  'image/gif': 'Nsgif',
  'image/avif': 'Heif',
};
const formats: Record<PictureType, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'heif',
};

type Engine = typeof Sharp;

/** Loaded with the first picture: most processes of a shop never see one. */
async function loadEngine(): Promise<Engine> {
  const { default: sharp } = await import('sharp');
  // libvips knows dozens of formats, SVG and PDF among them. Whatever is not named here cannot be reached.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: Object.values(decoders).map((name) => `VipsForeignLoad${name}Buffer`) });
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

export function createPictureEncoder(): (bytes: Uint8Array) => Promise<EncodeOutcome> {
  let engine: Promise<Engine> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async (bytes) => {
    if (waiting >= maxWaiting) return { kind: 'busy' };
    waiting++;
    engine ??= loadEngine();
    const turn = last.then(async () => encode(await (engine as Promise<Engine>), bytes));
    last = turn.catch(() => undefined);
    return turn.finally(() => waiting--);
  };
}

async function encode(sharp: Engine, bytes: Uint8Array): Promise<EncodeOutcome> {
  const type = pictureTypeOf(bytes);
  if (!type) return { kind: 'unknown-type' };
  const input = { limitInputPixels: maxPixels, failOn: 'error', pages: 1, sequentialRead: true } as const;
  try {
    const head = await sharp(bytes, { ...input, limitInputPixels: false }).metadata();
    if (head.format !== formats[type] || (type === 'image/avif' && head.compression !== 'av1'))
      return { kind: 'unknown-type' };
    if (head.width > maxSidePx || head.height > maxSidePx || head.width * head.height > maxPixels)
      return { kind: 'too-large' };
    const { data, info } = await sharp(bytes, input)
      .autoOrient()
      .toColourspace('srgb')
      .resize({ width: largestPx, height: highestPx, fit: 'inside', withoutEnlargement: true })
      .timeout({ seconds: timeoutS })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    const files: PictureFile[] = [];
    for (const size of sizesOf(width)) {
      const pixels = sharp(data, { raw: { width, height, channels } });
      const fitted = size < width ? pixels.resize({ width: size }) : pixels;
      files.push({ size, content: await fitted.webp(webp).timeout({ seconds: timeoutS }).toBuffer() });
    }
    return { kind: 'encoded', width, height, files };
  } catch {
    // A file that ends too early, or lies about itself: libvips says so in words that help nobody.
    return { kind: 'unreadable' };
  }
}
