/**
 * Reads the zip archives in which networks send a day's bill: stored or deflated entries, one disk, no encryption, limited
 * in size. An archive reader of npm would bring streams and features that a bill never needs; this is the whole format.
 */
import { crc32, inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** The name's bytes: many networks write GBK without saying so. */
  nameBytes: Buffer;
  data: Buffer;
}

const endSignature = 0x06054b50;
const directorySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endSize = 22;

export class ZipError extends Error {
  override readonly name = 'ZipError';
}

/** @param maxBytes of all unpacked entries together */
export function readZip(archive: Buffer, maxBytes: number): ZipEntry[] {
  try {
    return readEntries(archive, maxBytes);
  } catch (error) {
    if (error instanceof ZipError) throw error;
    throw new ZipError(`the archive is damaged (${(error as Error).message})`);
  }
}

function readEntries(archive: Buffer, maxBytes: number): ZipEntry[] {
  const end = findEnd(archive);
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  let left = maxBytes;
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(at) !== directorySignature) throw new ZipError('the directory is damaged');
    const nameLength = archive.readUInt16LE(at + 28);
    const size = archive.readUInt32LE(at + 24);
    left -= size;
    if (left < 0) throw new ZipError(`more than ${maxBytes} bytes unpacked`);
    entries.push({
      nameBytes: archive.subarray(at + 46, at + 46 + nameLength),
      data: readData(archive, at, size),
    });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

/** @param at where the entry stands in the directory */
function readData(archive: Buffer, at: number, size: number): Buffer {
  if ((archive.readUInt16LE(at + 8) & 1) === 1) throw new ZipError('an entry is encrypted');
  const method = archive.readUInt16LE(at + 10);
  const packedSize = archive.readUInt32LE(at + 20);
  const local = archive.readUInt32LE(at + 42);
  if (archive.readUInt32LE(local) !== localSignature) throw new ZipError('an entry is damaged');
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + packedSize);
  const data = unpack(packed, method, size);
  if (data.length !== size || crc32(data) !== archive.readUInt32LE(at + 16)) throw new ZipError('an entry is damaged');
  return data;
}

function unpack(packed: Buffer, method: number, size: number): Buffer {
  if (method === 0) return packed;
  if (method === 8) return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  throw new ZipError(`packing method ${method} is not known`);
}

/** The end record is the last thing in the file, but for a comment of at most 64 KiB. */
function findEnd(archive: Buffer): number {
  for (let at = archive.length - endSize; at >= Math.max(0, archive.length - endSize - 0xffff); at -= 1) {
    if (archive.readUInt32LE(at) === endSignature) return at;
  }
  throw new ZipError('not a zip archive');
}
