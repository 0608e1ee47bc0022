/** Screens are flat colours: stored without line filters they pack a third smaller than the browser's quick encoding. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signatureLength = 8;
const rgb = 2;

/** @param png 8 bits a channel, RGB, not interlaced: what a browser takes of an opaque page. */
export function smallerPng(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === 'IHDR')!.data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  if (header[8] !== 8 || header[9] !== rgb || header[12] !== 0) throw new Error('not an RGB picture of 8 bits');
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const rows = withoutFilters(inflateSync(packed), width * 3, height);
  return Buffer.concat([
    png.subarray(0, signatureLength),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunksOf(png: Buffer): { type: string; data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = signatureLength; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Each row is a byte that names its filter, then the differences to what stands left, above and left above. */
function withoutFilters(filtered: Buffer, rowBytes: number, height: number): Buffer {
  const stride = rowBytes + 1;
  const plain = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row += 1) {
    const start = row * stride;
    const filter = filtered[start]!;
    for (let at = start + 1; at < start + stride; at += 1) {
      const hasLeft = at > start + 3;
      const left = hasLeft ? plain[at - 3]! : 0;
      const above = row > 0 ? plain[at - stride]! : 0;
      const corner = hasLeft && row > 0 ? plain[at - stride - 3]! : 0;
      plain[at] = filtered[at]! + predicted(filter, left, above, corner);
    }
  }
  return plain;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  return filter === 4 ? paeth(left, above, corner) : 0;
}

function paeth(left: number, above: number, corner: number): number {
  const [toLeft, toAbove, toCorner] = [
    Math.abs(above - corner),
    Math.abs(left - corner),
    Math.abs(left + above - 2 * corner),
  ];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
