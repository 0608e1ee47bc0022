/**
 * The key file: the one secret without which the stock cannot be read. docs/cards.md describes it for the operator.
 *
 * Either JSON {version: 1, active, keys: [{id, key, createdAt}], hashKey} with keys in base64, or one bare 32-byte key in
 * base64 or hex, which is key 1. It is only ever replaced as a whole, so a reader sees the old file or the new one.
 */
import { hkdfSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

export interface CardKey {
  id: number;
  /** 32 bytes. */
  key: Buffer;
  /** UTC milliseconds; 0 when unknown (a bare key). */
  createdAt: number;
}

export interface KeyFile {
  active: number;
  keys: readonly CardKey[];
  /** 32 bytes, for card_no_hash. Never rotated: every hash in the database depends on it. */
  hashKey: Buffer;
}

/** The file is missing, readable by others, or not a key file. The message never holds any of its content. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
  readonly missing: boolean;
  constructor(message: string, missing = false) {
    super(message);
    this.missing = missing;
  }
}

/** Tells whether a file has been replaced since it was read, without reading it again. */
export type FileMark = string;

/** @param strict refuse a file that others can read */
export function readKeyFile(path: string, strict: boolean): { content: KeyFile; mark: FileMark; changedAtMs: number } {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new KeyFileError(`there is no card key file at ${path}`, true);
    throw new KeyFileError(`the card key file ${path} cannot be read (${code})`);
  }
  try {
    const stat = fstatSync(fd);
    if (strict) refuseReadableByOthers(path, stat);
    return { content: parseKeyFile(readFileSync(fd, 'utf8'), path), mark: markOf(stat), changedAtMs: stat.mtimeMs };
  } finally {
    closeSync(fd);
  }
}

export function markOf(stat: { ino: number; mtimeMs: number; size: number }): FileMark {
  return `${stat.ino}:${stat.mtimeMs}:${stat.size}`;
}

/** A secret mounted into a container belongs to root and reaches us through our group; there is no other way to read it. */
function refuseReadableByOthers(path: string, stat: { mode: number; uid: number }): void {
  const mounted = stat.uid === 0 && process.getuid?.() !== 0;
  if ((stat.mode & (mounted ? 0o007 : 0o077)) === 0) return;
  const mode = (stat.mode & 0o777).toString(8).padStart(4, '0');
  throw new KeyFileError(`the card key file ${path} can be read by others (mode ${mode}); run: chmod 600 ${path}`);
}

export function parseKeyFile(text: string, path: string): KeyFile {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) return bareKey(trimmed, path);
  const bad = (what: string) => new KeyFileError(`the card key file ${path} is not valid: ${what}`);
  let json: Record<string, unknown>;
  try {
    json = JSON.parse(trimmed) as Record<string, unknown>;
  } catch {
    throw bad('it is not JSON');
  }
  if (json.version !== 1) throw bad('version must be 1');
  if (!Array.isArray(json.keys) || json.keys.length === 0) throw bad('keys must be a list with at least one key');
  const keys = json.keys.map((entry: Record<string, unknown>): CardKey => {
    const { id, key, createdAt } = entry ?? {};
    if (!Number.isInteger(id) || (id as number) < 1 || (id as number) > 0x7fffffff)
      throw bad('a key id is not a number');
    const bytes = key32(key);
    if (!bytes) throw bad(`key ${id} is not 32 bytes in base64`);
    return { id: id as number, key: bytes, createdAt: typeof createdAt === 'number' ? createdAt : 0 };
  });
  if (new Set(keys.map((key) => key.id)).size !== keys.length) throw bad('two keys have the same id');
  if (!keys.some((key) => key.id === json.active)) throw bad('active does not name one of the keys');
  const hashKey = key32(json.hashKey);
  if (!hashKey) throw bad('hashKey is not 32 bytes in base64');
  return { active: json.active as number, keys, hashKey };
}

function bareKey(text: string, path: string): KeyFile {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : key32(text);
  if (!key) throw new KeyFileError(`the card key file ${path} holds neither JSON nor 32 bytes in base64 or hex`);
  const hashKey = Buffer.from(hkdfSync('sha256', key, '', 'cardwell card_no_hash', 32));
  return { active: 1, keys: [{ id: 1, key, createdAt: 0 }], hashKey };
}

function key32(value: unknown): Buffer | undefined {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/_-]{43}=?$/.test(value)) return undefined;
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === 32 ? bytes : undefined;
}

export function newKeyFile(nowMs: number): KeyFile {
  return { active: 1, keys: [{ id: 1, key: randomBytes(32), createdAt: nowMs }], hashKey: randomBytes(32) };
}

/** Makes the file unless there is one. Several processes may start at once: the first wins, the others read what it made. */
export function createKeyFile(path: string, content: KeyFile): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = writeTemporary(path, content);
  try {
    linkSync(temporary, path);
    syncDirectory(dirname(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Reads the file, hands it to `change` and puts the result in its place; nothing happens when `change` returns undefined.
 * Two at once would lose one of two new keys, and with it every card sealed by it: a lock file keeps the second out.
 */
export async function changeKeyFile(
  path: string,
  strict: boolean,
  change: (content: KeyFile, changedAtMs: number) => KeyFile | undefined | Promise<KeyFile | undefined>,
): Promise<void> {
  const lock = `${path}.lock`;
  try {
    closeSync(openSync(lock, 'wx', 0o600));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST')
      throw new KeyFileError(`the folder of the card key file ${path} cannot be written (${code})`);
    throw new KeyFileError(`another program is changing ${path}; if none is, delete ${lock} and try again`);
  }
  try {
    const { content, changedAtMs } = readKeyFile(path, strict);
    const changed = await change(content, changedAtMs);
    if (changed) replaceKeyFile(path, changed);
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Temp + fsync + rename + fsync of the folder: after a power cut there is the old file or the new one, whole. */
export function replaceKeyFile(path: string, content: KeyFile): void {
  const temporary = writeTemporary(path, content);
  renameSync(temporary, path);
  syncDirectory(dirname(path));
}

function writeTemporary(path: string, content: KeyFile): string {
  const temporary = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`;
  const keys = content.keys.map(({ id, key, createdAt }) => ({ id, key: key.toString('base64'), createdAt }));
  const json = { version: 1, active: content.active, keys, hashKey: content.hashKey.toString('base64') };
  const fd = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(fd, `${JSON.stringify(json, null, 2)}\n`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  return temporary;
}

function syncDirectory(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
