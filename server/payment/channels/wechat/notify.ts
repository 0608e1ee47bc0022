/** What WeChat's messages mean for us: `TRANSACTION.SUCCESS` and `REFUND.*`. */
import type { CallbackRequest, CallbackVerdict } from '../../channel.ts';
import { utf8 } from '../../wire/form-text.ts';
import type { PlatformKeys } from './platform-keys.ts';
import { isMinor, type Known, readPayment } from './transaction.ts';
import { headVerifies, jsonObject, openResource, signedHead } from './wire.ts';

export interface NotifyParts extends Known {
  apiV3Key: string;
  keys: PlatformKeys;
  nowMs: number;
}

export async function verifyNotify(request: CallbackRequest, parts: NotifyParts): Promise<CallbackVerdict> {
  if (request.method !== 'POST') return rejected('a message of WeChat Pay is a POST');
  const head = signedHead((name) => request.headers[name], parts.nowMs);
  if (typeof head === 'string') return rejected(head);
  const key = await parts.keys.keyFor(head.serial);
  if (!key) return rejected('it is signed with a key that is not known');
  if (!headVerifies(head, request.rawBody, key)) return rejected('the signature does not match');
  const message = jsonObject(utf8(request.rawBody));
  if (message?.resource_type !== 'encrypt-resource') return rejected('the message cannot be read');
  // WeChat signs for all its merchants with one key: that it is for us shows the seal.
  const raw = openResource(message.resource, parts.apiV3Key);
  const resource = jsonObject(raw);
  if (!raw || !resource) return rejected('it was not sealed with our APIv3 key');
  const event = String(message.event_type);
  if (event === 'TRANSACTION.SUCCESS') return paid(resource, raw, parts);
  if (event.startsWith('REFUND.')) return refunded(resource, raw, parts);
  return { kind: 'ignored', reason: `a message about ${event}`, raw };
}

function paid(trade: Record<string, unknown>, raw: string, parts: NotifyParts): CallbackVerdict {
  const payment = readPayment(trade, parts, 'callback', raw);
  if (typeof payment === 'string') return rejected(payment);
  if (trade.trade_state !== 'SUCCESS')
    return { kind: 'ignored', reason: `trade_state ${String(trade.trade_state)}`, raw };
  return { kind: 'paid', payment };
}

function refunded(resource: Record<string, unknown>, raw: string, { code, mchid }: NotifyParts): CallbackVerdict {
  if (resource.mchid !== mchid) return rejected('for another merchant');
  const {
    out_trade_no: outTradeNo,
    transaction_id: tradeNo,
    out_refund_no: number,
    refund_status: status,
    refund_id: id,
  } = resource;
  const { refund } = (resource.amount ?? {}) as Record<string, unknown>;
  if (typeof outTradeNo !== 'string' || typeof tradeNo !== 'string' || !isMinor(refund)) {
    return rejected('the trade or the refunded amount is missing');
  }
  // ABNORMAL: the money could not be given back and a person must send it another way; the query tells that.
  if (status !== 'SUCCESS' && status !== 'CLOSED') return { kind: 'ignored', reason: `refund ${String(status)}`, raw };
  return {
    kind: 'refund',
    notice: {
      channel: code,
      refundNo: typeof number === 'string' && number.startsWith(outTradeNo) ? number : null,
      refundId: typeof id === 'string' ? id : null,
      outTradeNo,
      tradeNo,
      amountMinor: refund,
      totalRefundedMinor: null,
      currency: 'CNY',
      outcome: status === 'SUCCESS' ? 'succeeded' : 'rejected',
      raw,
    },
  };
}

function rejected(reason: string): CallbackVerdict {
  return { kind: 'rejected', reason };
}
