/**
 * PayPal signs `transmission id|time|webhook id|crc32 of the body` with RSA and SHA-256. The id of our webhook is among it, so
 * an event for another merchant's cannot pass.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { fromRfc3339 } from '../../wire/china-time.ts';
import { verifiesSha256 } from '../../wire/rsa.ts';
import type { Certificates } from './certificates.ts';

/** PayPal goes on telling for three days. */
const oldestMs = 4 * 86_400_000;

export function signedText(transmissionId: string, time: string, webhookId: string, rawBody: Buffer): string {
  return `${transmissionId}|${time}|${webhookId}|${crc32(rawBody)}`;
}

/** @returns why the body is not to be believed, or undefined */
export async function whyNotSigned(
  headers: IncomingHttpHeaders,
  rawBody: Buffer,
  { webhookId, certificates, nowMs }: { webhookId: string; certificates: Certificates; nowMs: number },
): Promise<string | undefined> {
  const one = (name: string) => {
    const value = headers[`paypal-${name}`];
    return typeof value === 'string' && value.length <= 1000 ? value : '';
  };
  if (one('auth-algo') !== 'SHA256withRSA') return 'signed in a way we do not know';
  const id = one('transmission-id');
  const time = one('transmission-time');
  const signature = one('transmission-sig');
  if (!/^[\x21-\x7b\x7d\x7e]{1,100}$/.test(id) || signature === '') return 'no signature';
  const at = fromRfc3339(time);
  if (at === null || time.length > 40) return 'the time of sending is not valid';
  if (Math.abs(nowMs - at) > oldestMs) return 'the message is too old';
  const key = await certificates.keyAt(one('cert-url'));
  if (typeof key === 'string') return key;
  return verifiesSha256(signedText(id, time, webhookId, rawBody), signature, key)
    ? undefined
    : 'signature does not match';
}
