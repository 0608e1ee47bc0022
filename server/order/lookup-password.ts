/**
 * Look-up passwords: argon2id with a salt made from the contact, so that one computation is compared with all orders of
 * that contact (each salt still belongs to one person only).
 */
import { type Algorithm, hashRaw } from '@node-rs/argon2';
import { sha256 } from '../platform/ids.ts';

const argon2id: Algorithm.Argon2id = 2;
// OWASP's minimum for argon2id: 19 MiB, two passes. About 25 ms of a core; it runs in a thread, not on the event loop.
const cost = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

export async function lookupHash(contactKey: string, password: string): Promise<string> {
  const salt = Buffer.from(sha256(`lookup-salt:${contactKey}`), 'base64url').subarray(0, 16);
  const raw = await hashRaw(password, { ...cost, salt });
  return raw.toString('base64url');
}
