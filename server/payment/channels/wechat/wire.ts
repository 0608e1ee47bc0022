/** WeChat Pay API v3 without any I/O: how requests are signed, answers and messages checked, resources opened. */
import { createDecipheriv, type KeyObject } from 'node:crypto';
import { signSha256, verifiesSha256 } from '../../wire/rsa.ts';

/** WeChat's servers and ours may differ by so much, to either side. */
export const clockToleranceMs = 5 * 60_000;
/** What such a signature covers is a probe: WeChat looks whether we would take it. */
const probePrefix = 'WECHATPAY/SIGNTEST/';

export interface Signatory {
  mchid: string;
  merchantSerial: string;
  privateKey: KeyObject;
}

export interface ToSign {
  method: string;
  /** Path and query. */
  path: string;
  body: string;
  nonce: string;
  timestampS: number;
}

export async function authorization(signatory: Signatory, request: ToSign): Promise<string> {
  const { method, path, body, nonce, timestampS } = request;
  const signature = await signSha256(lines(method, path, String(timestampS), nonce, body), signatory.privateKey);
  const parts = {
    mchid: signatory.mchid,
    nonce_str: nonce,
    signature,
    timestamp: timestampS,
    serial_no: signatory.merchantSerial,
  };
  const text = Object.entries(parts).map(([name, value]) => `${name}="${value}"`);
  return `WECHATPAY2-SHA256-RSA2048 ${text.join(',')}`;
}

/** Each part ends with a line feed, the last one too. */
export function lines(...parts: readonly string[]): string {
  return parts.map((part) => `${part}\n`).join('');
}

export interface SignedHead {
  serial: string;
  signature: string;
  timestamp: string;
  nonce: string;
}

/** The four headers of a signed message; a string says what is wrong with them. */
export function signedHead(header: (name: string) => unknown, nowMs: number): SignedHead | string {
  const read = (name: string) => {
    const value = header(`wechatpay-${name}`);
    return typeof value === 'string' ? value : '';
  };
  const head = {
    serial: read('serial'),
    signature: read('signature'),
    timestamp: read('timestamp'),
    nonce: read('nonce'),
  };
  if (!head.signature || !head.serial || !head.nonce) return 'it is not signed';
  if (head.signature.startsWith(probePrefix)) return 'a probe of WeChat with a signature that must fail';
  const type = header('wechatpay-signature-type');
  if (type !== undefined && type !== null && type !== 'WECHATPAY2-SHA256-RSA2048') return 'the algorithm is not known';
  if (!/^\d{10}$/.test(head.timestamp)) return 'its time cannot be read';
  if (Math.abs(Number(head.timestamp) * 1000 - nowMs) > clockToleranceMs) return 'its time is more than 5 minutes off';
  return head;
}

export function headVerifies(head: SignedHead, body: Buffer, key: KeyObject): boolean {
  const signed = Buffer.concat([Buffer.from(`${head.timestamp}\n${head.nonce}\n`), body, Buffer.from('\n')]);
  return verifiesSha256(signed, head.signature, key);
}

const tagBytes = 16;

/** Opens `{algorithm, ciphertext, associated_data, nonce}`; undefined when it was not sealed with this key. */
export function openResource(resource: unknown, apiV3Key: string): string | undefined {
  if (typeof resource !== 'object' || resource === null) return undefined;
  const { algorithm, ciphertext, associated_data: extra = '', nonce } = resource as Record<string, unknown>;
  if (algorithm !== 'AEAD_AES_256_GCM' || typeof ciphertext !== 'string') return undefined;
  if (typeof nonce !== 'string' || nonce.length !== 12 || typeof extra !== 'string') return undefined;
  const sealed = Buffer.from(ciphertext, 'base64');
  if (sealed.length < tagBytes) return undefined;
  try {
    const opener = createDecipheriv('aes-256-gcm', apiV3Key, nonce, { authTagLength: tagBytes });
    opener.setAAD(Buffer.from(extra)).setAuthTag(sealed.subarray(-tagBytes));
    return Buffer.concat([opener.update(sealed.subarray(0, -tagBytes)), opener.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** A JSON object, or undefined. */
export function jsonObject(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
