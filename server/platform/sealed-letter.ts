/**
 * A value that anybody may seal and only the holder of one key can open: 1 byte format version, 4 bytes key id, 32 bytes of a
 * public key made for this letter, 12 nonce, 16 tag, then the ciphertext. X25519, HKDF-SHA256 and AES-256-GCM; bound to
 * purpose and owner as in sealed-text.ts. So roles without the card key can take in secrets that they cannot read again.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { SealBroken } from './sealed-text.ts';

export const letterVersion = 2;
const ephemeralAt = 5;
const nonceAt = ephemeralAt + 32;
const tagAt = nonceAt + 12;
const bodyAt = tagAt + 16;

/** Whom a letter is for. It is no secret. */
export interface LetterKey {
  keyId: number;
  /** The 32 bytes of X25519, in base64. */
  publicKey: string;
}

const privateHead = Buffer.from('302e020100300506032b656e04220420', 'hex');
const publicHead = Buffer.from('302a300506032b656e032100', 'hex');

/** The private key that goes with a symmetric one: always the same, so it is kept nowhere. */
export function letterPrivateKey(key: KeyObject): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', key.export(), 'cardwell', 'sealed-letter', 32));
  return createPrivateKey({ key: Buffer.concat([privateHead, seed]), format: 'der', type: 'pkcs8' });
}

export function letterKeyOf(keyId: number, privateKey: KeyObject): LetterKey {
  return { keyId, publicKey: rawPublic(createPublicKey(privateKey)).toString('base64') };
}

export function sealLetter(to: LetterKey, purpose: string, owner: string, plain: string): Buffer {
  const theirs = Buffer.from(to.publicKey, 'base64');
  const recipient = createPublicKey({ key: Buffer.concat([publicHead, theirs]), format: 'der', type: 'spki' });
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const ours = rawPublic(publicKey);
  const head = Buffer.alloc(bodyAt);
  head[0] = letterVersion;
  head.writeUInt32BE(to.keyId, 1);
  ours.copy(head, ephemeralAt);
  randomBytes(12).copy(head, nonceAt);
  const key = sharedKey(diffieHellman({ privateKey, publicKey: recipient }), ours, theirs);
  const cipher = createCipheriv('aes-256-gcm', key, head.subarray(nonceAt, tagAt));
  cipher.setAAD(boundTo(head, purpose, owner));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  cipher.getAuthTag().copy(head, tagAt);
  return Buffer.concat([head, body]);
}

/** Throws SealBroken. */
export function openLetter(privateKey: KeyObject, purpose: string, owner: string, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < bodyAt || bytes[0] !== letterVersion) throw new SealBroken('not a sealed letter');
  const theirs = bytes.subarray(ephemeralAt, nonceAt);
  try {
    const sender = createPublicKey({ key: Buffer.concat([publicHead, theirs]), format: 'der', type: 'spki' });
    const ours = rawPublic(createPublicKey(privateKey));
    const key = sharedKey(diffieHellman({ privateKey, publicKey: sender }), theirs, ours);
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(nonceAt, tagAt), { authTagLength: 16 });
    decipher.setAAD(boundTo(bytes, purpose, owner));
    decipher.setAuthTag(bytes.subarray(tagAt, bodyAt));
    return Buffer.concat([decipher.update(bytes.subarray(bodyAt)), decipher.final()]).toString('utf8');
  } catch {
    throw new SealBroken(`a ${purpose} does not open with key ${bytes.readUInt32BE(1)}`);
  }
}

function sharedKey(secret: Buffer, ephemeral: Buffer, recipient: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.concat([ephemeral, recipient]), 'cardwell letter', 32));
}

function boundTo(head: Buffer, purpose: string, owner: string): Buffer {
  return Buffer.concat([head.subarray(0, nonceAt), Buffer.from(`\0${purpose}\0${owner}`, 'utf8')]);
}

function rawPublic(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(publicHead.length);
}
