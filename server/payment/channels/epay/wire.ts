/**
 * 易支付 (epay), version 1: parameters signed with MD5 over the sorted pairs and the key, which follows with nothing in
 * between. MD5 is what the network speaks; nobody can choose another.
 */
import { hash } from 'node:crypto';
import { equalSecret } from '../../../platform/secrets.ts';
import type { CallbackRequest, CallbackVerdict } from '../../channel.ts';
import { minorAmount } from '../../decimal-amount.ts';
import { sortedPairs } from '../../sorted-pairs.ts';
import { readForm } from '../../wire/form-text.ts';
import { jsonObject, plainText } from '../../wire/json-object.ts';

export interface EpayAccount {
  /** Of our channel, for the payment's record. */
  code: string;
  pid: string;
  key: string;
}

export const epayCurrency = 'CNY';

export function epaySignature(fields: Readonly<Record<string, string>>, key: string): string {
  return hash('md5', sortedPairs(fields, ['sign', 'sign_type']) + key, 'hex');
}

/** The fields with their signature. Empty ones are left out: they are not signed. */
export function signedFields(fields: Record<string, string>, key: string): Record<string, string> {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
  return { ...given, sign: epaySignature(given, key), sign_type: 'MD5' };
}

export const ourNumber = /^[0-9A-Z]{1,32}$/;
export const theirNumber = /^[\x21-\x7e]{1,64}$/;

/** A GET with everything in the address; a few gateways post the same as a form. */
export function verifyEpayCallback(request: CallbackRequest, account: EpayAccount): CallbackVerdict {
  const text = callbackText(request);
  if (text === undefined) return rejected('neither a GET nor a form');
  const fields = readForm(text);
  if (!fields) return rejected('a parameter comes twice or cannot be read');
  if (fields.sign_type !== 'MD5') return rejected('sign_type is not MD5');
  if (!equalSecret(fields.sign, epaySignature(fields, account.key))) return rejected('signature does not match');
  if (fields.pid !== account.pid) return rejected('the message is for another merchant');
  return epayVerdict(fields, account, text.toString());
}

/** What a message means once it is proved: the same in both versions of the interface. */
export function epayVerdict(
  fields: Readonly<Record<string, string>>,
  { code, pid }: { code: string; pid: string },
  raw: string,
): CallbackVerdict {
  const outTradeNo = fields.out_trade_no ?? '';
  const tradeNo = fields.trade_no ?? '';
  if (!ourNumber.test(outTradeNo)) return rejected('out_trade_no is not valid');
  if (!theirNumber.test(tradeNo)) return rejected('trade_no is not valid');
  const status = fields.trade_status ?? '';
  if (status !== 'TRADE_SUCCESS') return { kind: 'ignored', reason: `trade_status ${status.slice(0, 40)}`, raw };
  const amountMinor = minorAmount(fields.money, epayCurrency);
  if (amountMinor === undefined) return rejected('money is not valid');
  const payment = { channel: code, tradeNo, outTradeNo, amountMinor, currency: epayCurrency, merchant: pid };
  return { kind: 'paid', payment: { ...payment, paidAt: null, source: 'callback', raw } };
}

export function callbackText({ method, rawBody, rawQuery }: CallbackRequest): Buffer | string | undefined {
  if (method === 'GET') return rawQuery;
  if (method === 'POST' && rawQuery === '') return rawBody;
  return undefined;
}

/** An answer of the API: `code` says how it went (1 in version 1, 0 in version 2). */
export interface EpayAnswer {
  code: string;
  message: string;
  fields: Record<string, unknown>;
}

export function readEpayAnswer(body: Buffer): EpayAnswer | undefined {
  const fields = jsonObject(body);
  const code = plainText(fields?.code);
  if (!fields || !/^-?\d{1,6}$/.test(code)) return undefined;
  return { code, message: plainText(fields.msg).slice(0, 200), fields };
}

function rejected(reason: string): CallbackVerdict {
  return { kind: 'rejected', reason };
}
