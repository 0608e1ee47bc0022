/** Files -> one tar stream (ustar), as every system unpacks it. Sizes are told beforehand, so nothing is held in memory. */
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

export interface TarFile {
  /** Within the archive: at most 100 bytes of ASCII. */
  name: string;
  /** Where it lies, or what is in it. */
  path: string | Buffer;
}

const blockBytes = 512;

/** @param mtimeMs of all of them, so that the same files make the same archive */
export async function* tarOf(files: readonly TarFile[], mtimeMs: number): AsyncGenerator<Buffer> {
  for (const { name, path } of files) {
    if (typeof path !== 'string') {
      yield header(name, path.length, mtimeMs);
      yield path;
      yield padding(path.length);
      continue;
    }
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      yield header(name, size, mtimeMs);
      yield* contentOf(file, path, size);
      yield padding(size);
    } finally {
      await file.close();
    }
  }
  yield Buffer.alloc(2 * blockBytes);
}

async function* contentOf(file: FileHandle, path: string, size: number): AsyncGenerator<Buffer> {
  if (size === 0) return;
  let sent = 0;
  for await (const chunk of createReadStream(path, { fd: file.fd, autoClose: false, end: size - 1 })) {
    sent += (chunk as Buffer).length;
    yield chunk as Buffer;
  }
  if (sent !== size) throw new Error(`${path} became shorter while it was read`);
}

const padding = (size: number): Buffer => Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes);

function header(name: string, size: number, mtimeMs: number): Buffer {
  if (!/^[\x21-\x7e]{1,100}$/.test(name)) throw new Error(`not a name for a tar file: ${name}`);
  const block = Buffer.alloc(blockBytes);
  const octal = (value: number, digits: number) => `${Math.floor(value).toString(8).padStart(digits, '0')}\0`;
  block.write(name, 0, 'ascii');
  block.write(octal(0o600, 7), 100, 'ascii');
  block.write(octal(0, 7), 108, 'ascii');
  block.write(octal(0, 7), 116, 'ascii');
  // From 8 GiB on, sizes are written in binary with the first bit set, as GNU tar does.
  if (size < 8 ** 11) block.write(octal(size, 11), 124, 'ascii');
  else block.writeBigUInt64BE(BigInt(size), 128);
  if (size >= 8 ** 11) block[124] = 0x80;
  block.write(octal(mtimeMs / 1000, 11), 136, 'ascii');
  block.write('        ', 148, 'ascii');
  block.write('0', 156, 'ascii');
  block.write('ustar\x0000', 257, 'ascii');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return block;
}
