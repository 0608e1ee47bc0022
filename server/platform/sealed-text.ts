/**
 * One encrypted value: 1 byte format version, 4 bytes key id, 12 nonce, 16 tag, then the ciphertext (AES-256-GCM).
 * The additional data binds the header, the purpose and the owner, so a value copied into another row does not open, and
 * one sealed for one purpose cannot be read as another.
 */
import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto';

const formatVersion = 1;
const nonceAt = 5;
const tagAt = nonceAt + 12;
const bodyAt = tagAt + 16;
/** Bytes a value grows by when sealed. */
export const sealOverheadBytes = bodyAt;

/** The value was changed, belongs to another row, or was sealed by a different key with the same id. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

// One call for 1024 nonces: asking the system for 12 bytes costs as much as the encryption itself.
const nonces = Buffer.alloc(12 * 1024);
let used = nonces.length;
function nextNonce(): Buffer {
  if (used >= nonces.length) {
    randomFillSync(nonces);
    used = 0;
  }
  used += 12;
  return nonces.subarray(used - 12, used);
}

export function seal(keyId: number, key: KeyObject, purpose: string, owner: string, plain: string): Buffer {
  const body = Buffer.from(plain, 'utf8');
  const out = Buffer.alloc(bodyAt + body.length);
  out[0] = formatVersion;
  out.writeUInt32BE(keyId, 1);
  nextNonce().copy(out, nonceAt);
  const cipher = createCipheriv('aes-256-gcm', key, out.subarray(nonceAt, tagAt));
  cipher.setAAD(boundTo(out, purpose, owner));
  cipher.update(body).copy(out, bodyAt);
  cipher.final();
  cipher.getAuthTag().copy(out, tagAt);
  return out;
}

/** The key a sealed value names; throws SealBroken when it is not one. */
export function sealedKeyId(sealed: Uint8Array): number {
  // A letter (sealed-letter.ts) names its key in the same place.
  if (sealed.length < bodyAt || (sealed[0] !== formatVersion && sealed[0] !== formatVersion + 1))
    throw new SealBroken('not a sealed value');
  return asBuffer(sealed).readUInt32BE(1);
}

export function unseal(key: KeyObject, purpose: string, owner: string, sealed: Uint8Array): string {
  const bytes = asBuffer(sealed);
  const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(nonceAt, tagAt), { authTagLength: 16 });
  cipher.setAAD(boundTo(bytes, purpose, owner));
  cipher.setAuthTag(bytes.subarray(tagAt, bodyAt));
  try {
    return Buffer.concat([cipher.update(bytes.subarray(bodyAt)), cipher.final()]).toString('utf8');
  } catch {
    throw new SealBroken(`a ${purpose} does not open with key ${bytes.readUInt32BE(1)}`);
  }
}

function boundTo(sealed: Buffer, purpose: string, owner: string): Buffer {
  return Buffer.concat([sealed.subarray(0, nonceAt), Buffer.from(`${purpose}\0${owner}`, 'utf8')]);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
