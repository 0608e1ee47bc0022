/** What the sandbox gateway says: a JSON body and an HMAC over its raw bytes in X-Sandbox-Signature. */
import { createHmac } from 'node:crypto';
import { equalSecret } from '../../../platform/secrets.ts';
import type { CallbackRequest, CallbackVerdict } from '../../channel.ts';

export const signatureHeader = 'x-sandbox-signature';
export const sandboxMerchant = 'sandbox';

export interface SandboxMessage {
  outTradeNo: string;
  tradeNo: string;
  amountMinor: number;
  currency: string;
  status: 'paid' | 'failed';
  timestamp: number;
}

/** Lower-case hex HMAC-SHA256 of the raw body. */
export function sandboxSignature(rawBody: string | Buffer, secret: string): string {
  return createHmac('sha256', secret).update(rawBody).digest('hex');
}

export function verifySandboxCallback(request: CallbackRequest, secret: string): CallbackVerdict {
  if (request.method !== 'POST') return rejected('a sandbox callback is a POST');
  const signature = request.headers[signatureHeader];
  if (!equalSecret(signature, sandboxSignature(request.rawBody, secret))) return rejected('signature does not match');
  const message = parse(request.rawBody);
  if (typeof message === 'string') return rejected(message);
  if (message.status === 'failed') {
    return { kind: 'failed', outTradeNo: message.outTradeNo, reason: 'the payer did not pay' };
  }
  return {
    kind: 'paid',
    payment: {
      channel: 'sandbox',
      tradeNo: message.tradeNo,
      outTradeNo: message.outTradeNo,
      amountMinor: message.amountMinor,
      currency: message.currency,
      merchant: sandboxMerchant,
      paidAt: null,
      source: 'callback',
      raw: request.rawBody.toString('utf8'),
    },
  };
}

/** The message, or what is wrong with it. Loose types are the holes of payment code: each field is checked. */
function parse(rawBody: Buffer): SandboxMessage | string {
  let value: unknown;
  try {
    value = JSON.parse(rawBody.toString('utf8'));
  } catch {
    return 'the body is not JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'the body is not an object';
  const { outTradeNo, tradeNo, amountMinor, currency, status, timestamp } = value as Record<string, unknown>;
  if (typeof outTradeNo !== 'string' || !/^[0-9A-Z]{1,32}$/.test(outTradeNo)) return 'outTradeNo is not valid';
  if (typeof tradeNo !== 'string' || !/^[\x21-\x7e]{1,64}$/.test(tradeNo)) return 'tradeNo is not valid';
  if (typeof amountMinor !== 'number' || !Number.isSafeInteger(amountMinor) || amountMinor < 0)
    return 'amountMinor is not valid';
  if (typeof currency !== 'string' || !/^[A-Z]{3,5}$/.test(currency)) return 'currency is not valid';
  if (status !== 'paid' && status !== 'failed') return 'status is not valid';
  if (typeof timestamp !== 'number' && typeof timestamp !== 'string') return 'timestamp is not valid';
  return { outTradeNo, tradeNo, amountMinor, currency, status, timestamp: Number(timestamp) };
}

function rejected(reason: string): CallbackVerdict {
  return { kind: 'rejected', reason };
}
