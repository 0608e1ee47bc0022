/**
 * The key that channel settings are sealed with. It is not the card key: who takes payments must not be able to read the
 * stock. The file holds one 32-byte key a line, in base64 or hex; the first seals, all of them open. To change the key,
 * put a new line first and save each channel once. Secrets of second factors are sealed with it too, for a purpose of their
 * own: keep the old line while somebody's is older than the new one.
 */
import { createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { closeSync, fstatSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SealBroken, seal, sealedKeyId, unseal } from '../platform/sealed-text.ts';

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

const settingsPurpose = 'channel-settings';

export interface ChannelKeyring {
  /** @param code of the channel: settings copied into another row do not open */
  seal(code: string, plain: string): Buffer;
  /** Throws SealBroken. */
  unseal(code: string, sealed: Uint8Array): string;
  /** The same key for something else: what is sealed for one purpose does not open for another. */
  boxFor(purpose: string): SealedBox;
}

export interface SealedBox {
  seal(owner: string, plain: string): Buffer;
  /** Throws SealBroken. */
  unseal(owner: string, sealed: Uint8Array): string;
}

export function openChannelKeyring({ path, strict, create }: ChannelKeyOptions): ChannelKeyring {
  const keys = readKeys(path, strict, create);
  const [active] = keys;
  if (!active) throw new ChannelKeyError(`the channel key file ${path} holds no key`);
  const byId = new Map(keys.map((key) => [key.id, key.key]));
  const boxFor = (purpose: string): SealedBox => ({
    seal: (owner, plain) => seal(active.id, active.key, purpose, owner, plain),
    unseal(owner, sealed) {
      const key = byId.get(sealedKeyId(sealed));
      if (!key) throw new SealBroken('it is sealed with a key that is not in the channel key file');
      return unseal(key, purpose, owner, sealed);
    },
  });
  return { ...boxFor(settingsPurpose), boxFor };
}

interface NumberedKey {
  /** Taken from the key itself, so nobody has to number them. */
  id: number;
  key: KeyObject;
}

function readKeys(path: string, strict: boolean, create: boolean): NumberedKey[] {
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
    return lines.map((line, at) => numbered(line, `line ${at + 1} of the channel key file ${path}`));
  } finally {
    closeSync(fd);
  }
}

function numbered(text: string, where: string): NumberedKey {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (bytes.length !== 32 || !/^[0-9A-Za-z+/_=-]{43,64}$/.test(text))
    throw new ChannelKeyError(`${where} is not 32 bytes in base64 or hex`);
  return { id: createHash('sha256').update(bytes).digest().readUInt32BE(0), key: createSecretKey(bytes) };
}

/** Several processes may start at once: the first wins, the others read what it made. */
function createKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`;
  writeFileSync(temporary, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flush: true, flag: 'wx' });
  try {
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}
