/**
 * The USDT gateways epusdt (by its GMPay path) and BEpusdt: JSON, signed with MD5 over the sorted pairs and a token. A
 * number is signed as Go prints it, and the two print differently. MD5 is what they speak; nobody can choose another.
 */
import { hash } from 'node:crypto';
import { equalSecret } from '../../../platform/secrets.ts';
import type { CallbackRequest, CallbackVerdict, VerifiedPayment } from '../../channel.ts';
import { minorAmount } from '../../decimal-amount.ts';
import { sortedPairs } from '../../sorted-pairs.ts';
import { jsonObject } from '../../wire/json-object.ts';
import { ourNumber, theirNumber } from '../epay/wire.ts';

export type NumberWriter = (value: number) => string;

/** Go's strconv.FormatFloat(value, 'f', -1, 64), as epusdt writes numbers: never with an exponent. */
export const plainNumber: NumberWriter = (value) => {
  const [, sign = '', first = '', rest = '', exponent = '0'] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential()) ?? [];
  const digits = first + rest;
  const point = Number(exponent) + 1;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  const whole = digits.slice(0, point).padEnd(point, '0');
  const fraction = digits.slice(point);
  return sign + whole + (fraction === '' ? '' : `.${fraction}`);
};

/** Go's `%v` of a float64, as BEpusdt writes numbers: from a million on with an exponent of two digits. */
export const goNumber: NumberWriter = (value) => {
  const [, mantissa = '', sign = '', digits = '0'] = /^(.+)e([+-])(\d+)$/.exec(value.toExponential()) ?? [];
  const exponent = Number(sign + digits);
  if (exponent >= -4 && exponent < 6) return plainNumber(value);
  return `${mantissa}e${sign}${digits.padStart(2, '0')}`;
};

/** undefined where a value has a type that cannot be signed. */
export function tokenSignature(
  values: Readonly<Record<string, unknown>>,
  token: string,
  writeNumber: NumberWriter,
): string | undefined {
  const texts: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(values)) {
    if (name === 'signature' || value === null || value === '') continue;
    if (typeof value === 'string') texts[name] = value;
    else if (typeof value === 'number') texts[name] = writeNumber(value);
    else return undefined;
  }
  return hash('md5', sortedPairs(texts, []) + token, 'hex');
}

export interface TokenGateway {
  /** Of our channel, for the payment's record. */
  code: string;
  token: string;
  /** Messages must carry it where it is set. */
  pid: string | undefined;
  merchant: string;
  currency: string;
  writeNumber: NumberWriter;
  /** The field that tells a payment from all others of this gateway. */
  tradeNoField: 'trade_id' | 'block_transaction_id';
  matchedWithinMs: number;
}

/** What the statuses of an order mean: only 2 is money. */
export const orderStatus = { waiting: 1, paid: 2, expired: 3, cancelled: 4 } as const;

export function verifyTokenCallback(request: CallbackRequest, gateway: TokenGateway): CallbackVerdict {
  if (request.method !== 'POST') return rejected('not a POST');
  const fields = jsonObject(request.rawBody);
  if (!fields) return rejected('the body is no JSON object');
  if (namesTwice(request.rawBody.toString('utf8'), fields)) return rejected('a field comes twice');
  const signature = tokenSignature(fields, gateway.token, gateway.writeNumber);
  if (signature === undefined) return rejected('a field has a type that cannot be signed');
  if (!equalSecret(fields.signature, signature)) return rejected('signature does not match');
  if (gateway.pid !== undefined && String(fields.pid) !== gateway.pid) return rejected('for another merchant');
  return meaning(fields, gateway, request.rawBody.toString('utf8'));
}

function meaning(fields: Record<string, unknown>, gateway: TokenGateway, raw: string): CallbackVerdict {
  const { order_id: outTradeNo, status } = fields;
  if (typeof outTradeNo !== 'string' || !ourNumber.test(outTradeNo)) return rejected('order_id is not valid');
  if (status === orderStatus.expired) return { kind: 'failed', outTradeNo, reason: 'expired at the gateway', raw };
  if (status !== orderStatus.paid) return { kind: 'ignored', reason: `status ${String(status).slice(0, 20)}`, raw };
  const tradeNo = recordedNumber(fields[gateway.tradeNoField]);
  if (typeof fields.trade_id !== 'string' || !theirNumber.test(fields.trade_id))
    return rejected('trade_id is not valid');
  if (tradeNo === undefined) return rejected(`${gateway.tradeNoField} is not valid`);
  const amountMinor = minorAmount(amountText(fields.amount), gateway.currency);
  if (amountMinor === undefined) return rejected('amount is not valid');
  if (!(Number(amountText(fields.actual_amount)) > 0)) return rejected('actual_amount is not valid');
  const payment: VerifiedPayment = {
    channel: gateway.code,
    tradeNo,
    outTradeNo,
    amountMinor,
    currency: gateway.currency,
    merchant: gateway.merchant,
    paidAt: null,
    source: 'callback',
    raw,
    matchedWithinMs: gateway.matchedWithinMs,
  };
  return { kind: 'paid', payment };
}

/** Our records take 64 characters of a number: a transaction's hash fits without its 0x, a longer one by a hash of its own. */
export function recordedNumber(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^[\x21-\x7e]{1,130}$/.test(value)) return undefined;
  const bare = value.replace(/^0x(?=[0-9a-fA-F]{64}$)/, '');
  return bare.length <= 64 ? bare : hash('sha256', bare, 'hex');
}

export function amountText(value: unknown): string {
  if (typeof value === 'number') return plainNumber(value);
  return typeof value === 'string' ? value : '';
}

/** A reader of JSON takes the last of two equal names; another might take the first. Messages are flat, so counting tells. */
function namesTwice(text: string, fields: Record<string, unknown>): boolean {
  const names = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon);
  return names.length !== Object.keys(fields).length;
}

function rejected(reason: string): CallbackVerdict {
  return { kind: 'rejected', reason };
}
