/**
 * The file of the channel key: one 32-byte key a line, in base64 or hex; the first seals, all of them open. It is only ever
 * replaced as a whole, so a reader sees the old file or the new one.
 */
import { createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

export interface ChannelKeyOptions {
  path: string;
  /** Refuse a file that other users can read. On in production. */
  strict: boolean;
  /** Make the file when there is none. */
  create: boolean;
}

/** The message never holds any of the file's content. */
export class ChannelKeyError extends Error {
  override readonly name = 'ChannelKeyError';
}

export interface NumberedKey {
  /** Taken from the key itself, so nobody has to number them. */
  id: number;
  key: KeyObject;
  /** As it stands in the file. */
  line: string;
}

export function readChannelKeys({ path, strict, create }: ChannelKeyOptions): NumberedKey[] {
  let fd: number;
  try {
    if (create) createKeyFile(path);
    fd = openSync(path, 'r');
  } catch (error) {
    throw new ChannelKeyError(`the channel key file ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  try {
    const { mode, uid } = fstatSync(fd);
    // A secret mounted into a container belongs to root and reaches us through our group.
    const mounted = uid === 0 && process.getuid?.() !== 0;
    if (strict && (mode & (mounted ? 0o007 : 0o077)) !== 0)
      throw new ChannelKeyError(`the channel key file ${path} can be read by others; run: chmod 600 ${path}`);
    const lines = readFileSync(fd, 'utf8').split(/\s+/).filter(Boolean);
    if (lines.length === 0) throw new ChannelKeyError(`the channel key file ${path} holds no key`);
    return lines.map((line, at) => numbered(line, `line ${at + 1} of the channel key file ${path}`));
  } finally {
    closeSync(fd);
  }
}

/** Tells whether the file has been replaced since, without reading it again; '' when it is not there. */
export function channelKeyMark(path: string): string {
  try {
    const { ino, mtimeMs, size } = statSync(path);
    return `${ino} ${mtimeMs} ${size}`;
  } catch {
    return '';
  }
}

/** When the file was last changed, in UTC milliseconds. */
export const channelKeysChangedAt = (path: string): number => statSync(path).mtimeMs;

export const newChannelKeyLine = (): string => randomBytes(32).toString('base64');

export function writeChannelKeys(path: string, lines: readonly string[]): void {
  const temporary = temporaryOf(path);
  try {
    writeFileSync(temporary, `${lines.join('\n')}\n`, { mode: 0o600, flush: true, flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new ChannelKeyError(`the channel key file ${path} cannot be written (${code}); nothing was changed`);
  }
}

function numbered(line: string, where: string): NumberedKey {
  const bytes = /^[0-9a-f]{64}$/i.test(line) ? Buffer.from(line, 'hex') : Buffer.from(line, 'base64');
  if (bytes.length !== 32 || !/^[0-9A-Za-z+/_=-]{43,64}$/.test(line))
    throw new ChannelKeyError(`${where} is not 32 bytes in base64 or hex`);
  return { id: createHash('sha256').update(bytes).digest().readUInt32BE(0), key: createSecretKey(bytes), line };
}

const temporaryOf = (path: string) => `${path}.${process.pid}.${randomBytes(6).toString('hex')}`;

/** Several processes may start at once: the first wins, the others read what it made. */
function createKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = temporaryOf(path);
  writeFileSync(temporary, `${newChannelKeyLine()}\n`, { mode: 0o600, flush: true, flag: 'wx' });
  try {
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}
