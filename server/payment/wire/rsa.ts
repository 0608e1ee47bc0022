/**
 * RSA as payment networks use it: PKCS#1 v1.5 with SHA-256, nothing else. Keys come from settings, as PEM or as the bare
 * base64 that merchants' consoles show. A key that cannot be read is an error when the channel is opened.
 *
 * Signing (0.7 ms for 2048 bits) is done in Node's thread pool, so that the event loop stays free; checking a signature
 * takes 0.03 ms and is done in place.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { SettingError } from '../../platform/setting-fields.ts';

const leastBits = 2048;

/** @param field the setting it came from, for the error */
export function privateKeyOf(text: string, field: string): KeyObject {
  const trimmed = text.trim();
  const attempts = trimmed.startsWith('-----BEGIN')
    ? [() => createPrivateKey(trimmed)]
    : (['pkcs8', 'pkcs1'] as const).map(
        (type) => () => createPrivateKey({ key: bareBase64(trimmed), format: 'der', type }),
      );
  return rsaKey(attempts, field);
}

/** A public key, or the one inside a certificate. */
export function publicKeyOf(text: string, field: string): KeyObject {
  const trimmed = text.trim();
  const attempts = trimmed.startsWith('-----BEGIN')
    ? [() => createPublicKey(trimmed)]
    : (['spki', 'pkcs1'] as const).map(
        (type) => () => createPublicKey({ key: bareBase64(trimmed), format: 'der', type }),
      );
  return rsaKey(attempts, field);
}

function rsaKey(attempts: readonly (() => KeyObject)[], field: string): KeyObject {
  for (const attempt of attempts) {
    let key: KeyObject;
    try {
      key = attempt();
    } catch {
      continue;
    }
    if (key.asymmetricKeyType !== 'rsa') throw new SettingError(field, 'not an RSA key');
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (bits < leastBits) throw new SettingError(field, `an RSA key of ${bits} bits is too short`);
    return key;
  }
  throw new SettingError(field, 'cannot be read as a key');
}

function bareBase64(text: string): Buffer {
  return Buffer.from(text.replace(/\s+/g, ''), 'base64');
}

/** @returns base64 */
export function signSha256(text: string, key: KeyObject): Promise<string> {
  return new Promise((resolve, reject) => {
    sign('sha256', Buffer.from(text), key, (error, signature) => {
      if (error) reject(error);
      else resolve(signature.toString('base64'));
    });
  });
}

/** False for anything but a complete, canonical base64 signature over exactly these bytes. */
export function verifiesSha256(bytes: Buffer | string, signature: unknown, key: KeyObject): boolean {
  if (typeof signature !== 'string' || !/^[A-Za-z0-9+/]{4,}={0,2}$/.test(signature)) return false;
  const decoded = Buffer.from(signature, 'base64');
  if (decoded.toString('base64') !== signature) return false;
  return verify('sha256', typeof bytes === 'string' ? Buffer.from(bytes) : bytes, key, decoded);
}
