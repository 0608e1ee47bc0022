/**
 * The key to an order. It is made from a random salt (in the database) and the client's Idempotency-Key (not in the
 * database), so that a repeated request gets the same token again although the shop keeps only its hash: a copy of the
 * database opens no order.
 */
import { createHmac } from 'node:crypto';
import { randomToken, sha256 } from '../platform/ids.ts';
import { equalSecret } from '../platform/secrets.ts';

export interface NewAccess {
  token: string;
  tokenHash: string;
  salt: string;
}

export function newAccess(idempotencyKey: string | undefined): NewAccess {
  const salt = randomToken();
  const token = accessToken(salt, idempotencyKey ?? randomToken());
  return { token, tokenHash: sha256(token), salt };
}

export function accessToken(salt: string, idempotencyKey: string): string {
  return createHmac('sha256', salt).update('order-access:').update(idempotencyKey).digest('base64url');
}

export function opens(token: string, tokenHash: string): boolean {
  return equalSecret(sha256(token), tokenHash);
}

/** Keys shorter than this may be counters, which two buyers can share; they count only together with the address. */
const strongKeyLength = 16;

/** What is stored of an Idempotency-Key: a hash, bound to the buyer who sent it. */
export function idempotencyHash(key: string, contactKey: string, clientKey: string): string {
  const scope = key.length < strongKeyLength ? `${contactKey}\n${clientKey}` : contactKey;
  return sha256(`${key}\n${scope}`);
}
