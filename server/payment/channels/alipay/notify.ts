/** What Alipay's message about a trade (`trade_status_sync`) means for us. */

import type { CallbackRequest, CallbackVerdict, VerifiedPayment } from '../../channel.ts';
import { minorAmount } from '../../decimal-amount.ts';
import { fromChinaTime } from '../../wire/china-time.ts';
import { readForm, utf8 } from '../../wire/form-text.ts';
import type { AlipayTrust } from './trust.ts';
import { messageVerifies } from './wire.ts';

export interface NotifyParts {
  code: string;
  appId: string;
  sellerId: string | undefined;
  trust: AlipayTrust;
}

export async function verifyNotify(request: CallbackRequest, parts: NotifyParts): Promise<CallbackVerdict> {
  if (request.method !== 'POST') return rejected('a message of Alipay is a POST');
  if (request.rawQuery !== '') return rejected('parameters in the address');
  const fields = readForm(request.rawBody);
  if (!fields) return rejected('the form cannot be read');
  if (fields.sign_type !== 'RSA2') return rejected('sign_type is not RSA2');
  if ((fields.charset ?? '').toLowerCase() !== 'utf-8') return rejected('charset is not utf-8');
  const key = await parts.trust.keyFor(fields.alipay_cert_sn);
  if (!key) return rejected('signed with a certificate that is not known');
  if (!messageVerifies(fields, key)) return rejected('the signature does not match');
  return judge(fields, utf8(request.rawBody)!, parts);
}

function judge(fields: Record<string, string>, raw: string, { code, appId, sellerId }: NotifyParts): CallbackVerdict {
  if (fields.app_id !== appId) return rejected('for another app');
  if (sellerId !== undefined && fields.seller_id !== sellerId) return rejected('for another merchant');
  if (fields.notify_type !== 'trade_status_sync') return { kind: 'ignored', reason: 'not about a trade', raw };
  const { out_trade_no: outTradeNo, trade_no: tradeNo, trade_status: status } = fields;
  const amountMinor = minorAmount(fields.total_amount, 'CNY');
  if (!outTradeNo || !tradeNo || amountMinor === undefined)
    return rejected('the trade, its number or amount is missing');
  if (fields.gmt_refund || fields.refund_fee) {
    // One message for each refund; `refund_fee` is the sum of all so far, `out_biz_no` the number of this one.
    const totalRefundedMinor = minorAmount(fields.refund_fee, 'CNY');
    if (totalRefundedMinor === undefined) return rejected('the refunded amount is missing');
    return {
      kind: 'refund',
      notice: {
        channel: code,
        // Ours begin with the number of the attempt; of a refund made in Alipay's console it is one of theirs.
        refundNo: fields.out_biz_no?.startsWith(outTradeNo) ? fields.out_biz_no : null,
        outTradeNo,
        tradeNo,
        amountMinor: null,
        totalRefundedMinor,
        currency: 'CNY',
        outcome: 'succeeded',
        raw,
      },
    };
  }
  if (status === 'TRADE_SUCCESS' || status === 'TRADE_FINISHED') {
    const payment: VerifiedPayment = {
      channel: code,
      tradeNo,
      outTradeNo,
      amountMinor,
      currency: 'CNY',
      merchant: appId,
      paidAt: fromChinaTime(fields.gmt_payment),
      source: 'callback',
      raw,
    };
    return { kind: 'paid', payment };
  }
  if (status === 'TRADE_CLOSED') return { kind: 'failed', outTradeNo, reason: 'closed without payment', raw };
  if (status === 'WAIT_BUYER_PAY') return { kind: 'ignored', reason: 'waiting for the payer', raw };
  return rejected('trade_status is not known');
}

function rejected(reason: string): CallbackVerdict {
  return { kind: 'rejected', reason };
}
