/** Money back by Alipay. The request's number makes it happen once; whether it happened is asked for afterwards. */
import type { RefundOrder, RefundQueryResult, RefundResult } from '../../channel.ts';
import { decimalAmount } from '../../decimal-amount.ts';
import type { AlipayClient } from './call.ts';

/** Refusals that money or patience may cure: the same request is tried again. */
const passing = /SELLER_BALANCE_NOT_ENOUGH|NOT_ALLOW_SMALL_AMOUNT_REFUND|TRADE_SETTLE_ERROR|OVERDRAFT/;

export async function refund(client: AlipayClient, order: RefundOrder): Promise<RefundResult> {
  const answer = await client.call('alipay.trade.refund', {
    trade_no: order.tradeNo,
    refund_amount: decimalAmount(order.amountMinor, 'CNY'),
    out_request_no: order.refundNo,
    refund_reason: order.reason.slice(0, 100),
  });
  if (answer.kind === 'unknown') return answer;
  if (answer.kind === 'refused') {
    const reason = `${answer.code} ${answer.message}`;
    return passing.test(answer.code) ? { kind: 'unknown', reason } : { kind: 'rejected', reason };
  }
  if (answer.body.fund_change === 'Y') return { kind: 'succeeded' };
  // "N" is also said of a repetition of a refund that went through before.
  const after = await queryRefund(client, order);
  return after.kind === 'not-found' ? { kind: 'processing' } : after;
}

export async function queryRefund(client: AlipayClient, order: RefundOrder): Promise<RefundQueryResult> {
  const answer = await client.call('alipay.trade.fastpay.refund.query', {
    trade_no: order.tradeNo,
    out_request_no: order.refundNo,
  });
  if (answer.kind === 'unknown') return answer;
  if (answer.kind === 'refused') {
    return answer.code === 'ACQ.TRADE_NOT_EXIST'
      ? { kind: 'not-found' }
      : { kind: 'unknown', reason: `${answer.code} ${answer.message}` };
  }
  if (answer.body.refund_status === 'REFUND_SUCCESS') return { kind: 'succeeded' };
  // An answer without a status is Alipay's way of saying that it knows the trade and not the refund.
  return { kind: 'not-found' };
}
