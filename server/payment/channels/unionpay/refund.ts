/** Money back by UnionPay: an order of its own (our refund number and its time) that is taken in now and asked about later. */
import type { RefundOrder, RefundQueryResult, RefundResult } from '../../channel.ts';
import { chinaCompact } from '../../wire/china-time.ts';
import type { UnionpayClient } from './call.ts';
import { succeeded, undecided } from './notify.ts';
import { refundOrderId } from './refund-order-id.ts';

export interface RefundParts {
  client: UnionpayClient;
  gatewayUrl: string;
  notifyUrl: string;
}

/** Its trouble, not a decision. */
const passing = ['01', '02', '06', '98', '99'];

export async function refund(order: RefundOrder, parts: RefundParts): Promise<RefundResult> {
  const orderId = refundOrderId(order.refundNo);
  if (!orderId) return { kind: 'rejected', reason: 'the number of the refund is not one of ours' };
  const answer = await parts.client.send(`${parts.gatewayUrl}/gateway/api/backTransReq.do`, {
    txnType: '04',
    txnSubType: '00',
    bizType: '000201',
    channelType: '07',
    orderId,
    txnTime: chinaCompact(order.createdAt),
    origQryId: order.tradeNo,
    txnAmt: String(order.amountMinor),
    currencyCode: '156',
    backUrl: parts.notifyUrl,
  });
  if (typeof answer === 'string') return { kind: 'unknown', reason: answer };
  const { respCode, respMsg } = answer;
  // "00" says that it was taken in.
  if (succeeded(respCode) || undecided(respCode)) return { kind: 'processing' };
  const reason = `${respCode} ${respMsg}`;
  if (passing.includes(respCode ?? '')) return { kind: 'unknown', reason };
  // Refused may also mean: this number was taken in before, or its time is too long ago to be sent once more.
  const asked = await queryRefund(order, parts);
  return asked.kind === 'not-found' ? { kind: 'rejected', reason } : asked;
}

export async function queryRefund(order: RefundOrder, { client, gatewayUrl }: RefundParts): Promise<RefundQueryResult> {
  const orderId = refundOrderId(order.refundNo);
  if (!orderId) return { kind: 'not-found' };
  const answer = await client.send(`${gatewayUrl}/gateway/api/queryTrans.do`, {
    txnType: '00',
    txnSubType: '00',
    bizType: '000000',
    orderId,
    txnTime: chinaCompact(order.createdAt),
  });
  if (typeof answer === 'string') return { kind: 'unknown', reason: answer };
  if (answer.respCode === '34') return { kind: 'not-found' };
  if (answer.respCode !== '00') return { kind: 'unknown', reason: `${answer.respCode} ${answer.respMsg}` };
  if (answer.orderId !== orderId) return { kind: 'unknown', reason: 'the answer is about another order' };
  const { origRespCode, origRespMsg = '' } = answer;
  if (succeeded(origRespCode)) return { kind: 'succeeded', ...(answer.queryId ? { reference: answer.queryId } : {}) };
  if (!origRespCode || undecided(origRespCode)) return { kind: 'processing' };
  return { kind: 'rejected', reason: `${origRespCode} ${origRespMsg}` };
}
