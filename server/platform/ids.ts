/** Identifiers and secrets. Ids are made before the transaction that stores them, so a rerun uses the same ones. */
import { hash, randomBytes, randomFillSync } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford: no I, L, O, U to misread

// Asking the system for random bytes costs more than an id; draw them 256 ids at a time.
const pool = Buffer.alloc(16 * 256);
let used = pool.length;
function nextRandom16(): Buffer {
  if (used >= pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}

/** The first 10 characters of every id made in this millisecond. */
export function sortableTime(ms: number): string {
  let time = '';
  for (let rest = ms, i = 0; i < 10; i++) {
    time = alphabet[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  return time;
}

/** 26 characters: 10 of time (sorts by creation), 16 random (80 bits). */
export function sortableId(nowMs: number): string {
  const time = sortableTime(nowMs);
  let tail = '';
  for (const byte of nextRandom16()) tail += alphabet[byte & 31];
  return time + tail;
}

/** Two-character region + 26: globally unique, tells its home, and leaves room for two digits of a payment attempt. */
export function orderId(region: string, nowMs: number): string {
  return region + sortableId(nowMs);
}

/** 128 random bits, base64url, 22 characters. */
export function randomToken(): string {
  return Buffer.from(nextRandom16()).toString('base64url');
}

/** 256 random bits, base64url, 43 characters: what a person or program carries as a key. */
export function secretToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256, base64url, 43 characters. */
export function sha256(text: string | Uint8Array): string {
  return hash('sha256', text, 'base64url');
}
