/** What UnionPay's messages mean for us: a payment (01), a refund (04) or a void (31) that is through. */
import type { CallbackRequest, CallbackVerdict, VerifiedPayment } from '../../channel.ts';
import { fromChinaTime } from '../../wire/china-time.ts';
import { readForm, utf8 } from '../../wire/form-text.ts';
import { refundNoOf } from './refund-order-id.ts';
import { type Fields, fenOf, type Trust, whatIsWrong } from './wire.ts';

export interface NotifyParts {
  code: string;
  trust: Trust;
  nowMs: number;
}

export function verifyNotify(request: CallbackRequest, { code, trust, nowMs }: NotifyParts): CallbackVerdict {
  if (request.method !== 'POST') return rejected('a message of UnionPay is a POST');
  if (request.rawQuery !== '') return rejected('parameters in the address');
  const fields = readForm(request.rawBody);
  if (!fields) return rejected('the form cannot be read');
  const wrong = whatIsWrong(fields, trust, nowMs);
  if (wrong !== undefined) return rejected(wrong);
  const raw = utf8(request.rawBody)!;
  if (fields.txnType === '01') return paid(fields, code, raw);
  if (fields.txnType === '04' || fields.txnType === '31') return refunded(fields, code, raw);
  return { kind: 'ignored', reason: `a message about txnType ${fields.txnType}`, raw };
}

/** 00: done. A6: done, with something to look at on UnionPay's side. */
export const succeeded = (respCode: string | undefined): boolean => respCode === '00' || respCode === 'A6';
/** Not decided yet. */
export const undecided = (respCode: string | undefined): boolean => ['03', '04', '05'].includes(respCode ?? '');

function paid(fields: Fields, code: string, raw: string): CallbackVerdict {
  // The payer may try another card under the same number: a failure is not the end of the attempt.
  if (!succeeded(fields.respCode)) return { kind: 'ignored', reason: `respCode ${fields.respCode}`, raw };
  const payment = readPayment(fields, code, 'callback', raw);
  return typeof payment === 'string' ? rejected(payment) : { kind: 'paid', payment };
}

/** A string says what is missing. */
export function readPayment(
  fields: Fields,
  code: string,
  source: 'callback' | 'query',
  raw: string,
): VerifiedPayment | string {
  const { orderId: outTradeNo, queryId: tradeNo, currencyCode, merId: merchant } = fields;
  const amountMinor = fenOf(fields.txnAmt);
  if (!outTradeNo || !tradeNo || !merchant || amountMinor === undefined) return 'order, number or amount is missing';
  if (currencyCode !== '156') return `currency ${currencyCode} is not known`;
  const paidAt = paymentTime(fields);
  return { channel: code, tradeNo, outTradeNo, amountMinor, currency: 'CNY', merchant, paidAt, source, raw };
}

/** `traceTime` (MMDDhhmmss) has no year: it is the order's, or the next when the order was made in December. */
function paymentTime({ txnTime = '', traceTime = '' }: Fields): number | null {
  const nextYear = txnTime.slice(4, 6) === '12' && traceTime.slice(0, 2) === '01';
  return fromChinaTime(`${Number(txnTime.slice(0, 4)) + (nextYear ? 1 : 0)}${traceTime}`);
}

function refunded(fields: Fields, code: string, raw: string): CallbackVerdict {
  const { orderId, origQryId: tradeNo, respCode } = fields;
  const amountMinor = fenOf(fields.txnAmt);
  if (!orderId || !tradeNo || amountMinor === undefined) return rejected('order, number or amount is missing');
  if (undecided(respCode)) return { kind: 'ignored', reason: `respCode ${respCode}`, raw };
  const refundNo = refundNoOf(orderId);
  return {
    kind: 'refund',
    notice: {
      channel: code,
      refundNo,
      refundId: fields.queryId ?? orderId,
      outTradeNo: null,
      tradeNo,
      amountMinor,
      totalRefundedMinor: null,
      currency: 'CNY',
      outcome: succeeded(respCode) ? 'succeeded' : 'rejected',
      raw,
    },
  };
}

function rejected(reason: string): CallbackVerdict {
  return { kind: 'rejected', reason };
}
