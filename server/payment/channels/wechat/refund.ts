/** Money back by WeChat Pay: taken in at once, done later, told by message and when asked. */
import type { RefundOrder, RefundQueryResult } from '../../channel.ts';
import type { CallResult, WechatClient } from './call.ts';

/** Refusals that money or patience may cure: the same request is tried again. */
const passing = ['NOT_ENOUGH', 'SYSTEM_ERROR', 'SIGN_ERROR', 'NO_AUTH', 'FREQUENCY_LIMITED', 'RATELIMIT_EXCEEDED'];

export async function refund(client: WechatClient, order: RefundOrder, notifyUrl: string): Promise<RefundQueryResult> {
  const answer = await client.call('POST', '/v3/refund/domestic/refunds', {
    transaction_id: order.tradeNo,
    out_refund_no: order.refundNo,
    reason: order.reason.slice(0, 26),
    notify_url: notifyUrl,
    amount: { refund: order.amountMinor, total: order.paymentAmountMinor, currency: order.currency },
  });
  if (answer.kind === 'refused' && !passing.includes(answer.code)) {
    return { kind: 'rejected', reason: `${answer.code} ${answer.message}` };
  }
  return state(answer, order);
}

export async function queryRefund(client: WechatClient, order: RefundOrder): Promise<RefundQueryResult> {
  const answer = await client.call('GET', `/v3/refund/domestic/refunds/${encodeURIComponent(order.refundNo)}`);
  if (answer.kind === 'refused' && answer.status === 404) return { kind: 'not-found' };
  return state(answer, order);
}

function state(answer: CallResult, order: RefundOrder): RefundQueryResult {
  if (answer.kind === 'unknown') return answer;
  if (answer.kind === 'refused') return { kind: 'unknown', reason: `${answer.code} ${answer.message}` };
  const { status, refund_id: id, out_refund_no: number } = answer.body;
  if (number !== order.refundNo) return { kind: 'unknown', reason: 'the answer is about another refund' };
  const reference = typeof id === 'string' ? { reference: id } : {};
  if (status === 'SUCCESS') return { kind: 'succeeded', ...reference };
  if (status === 'PROCESSING') return { kind: 'processing', ...reference };
  if (status === 'CLOSED') return { kind: 'rejected', reason: 'WeChat Pay closed the refund' };
  if (status === 'ABNORMAL') {
    return { kind: 'by-hand', reason: "the payer's card takes no money back: send it in the merchant platform" };
  }
  return { kind: 'unknown', reason: `status ${String(status)}` };
}
