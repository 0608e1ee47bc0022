/** For a day without the phone: ten codes, each good once, shown once. 80 random bits each, so a plain hash keeps them. */
import { randomBytes } from 'node:crypto';
import { sha256 } from '../platform/ids.ts';

const count = 10;
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford: no I, L, O, U to misread
const characters = 16;

export interface RecoveryCodes {
  codes: string[];
  hashes: string[];
}

export function newRecoveryCodes(): RecoveryCodes {
  const plain = Array.from({ length: count }, () =>
    Array.from(randomBytes(characters), (byte) => alphabet[byte & 31]).join(''),
  );
  return { codes: plain.map((code) => code.replace(/(.{4})(?=.)/g, '$1-')), hashes: plain.map(sha256) };
}

/** As it may be typed: small letters, spaces, other dashes, O for 0 and I or L for 1. */
export function hashOfRecoveryCode(typed: string): string {
  const plain = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return sha256(plain.replaceAll('O', '0').replace(/[IL]/g, '1'));
}
