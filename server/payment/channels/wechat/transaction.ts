/** WeChat's description of a trade, the same in a message and in the answer to a query. */
import type { VerifiedPayment } from '../../channel.ts';
import { fromRfc3339 } from '../../wire/china-time.ts';

export interface Known {
  code: string;
  mchid: string;
  appid: string;
}

/** A string says why it is not about a payment to us. */
export function readPayment(
  trade: Record<string, unknown>,
  { code, mchid, appid }: Known,
  source: 'callback' | 'query',
  raw: string,
): VerifiedPayment | string {
  if (trade.mchid !== mchid) return 'for another merchant';
  if (trade.appid !== appid) return 'for another app';
  const { out_trade_no: outTradeNo, transaction_id: tradeNo } = trade;
  if (typeof outTradeNo !== 'string' || outTradeNo === '') return 'the number of the order is missing';
  if (typeof tradeNo !== 'string' || tradeNo === '') return 'the number of the trade is missing';
  const { total, currency } = (trade.amount ?? {}) as Record<string, unknown>;
  if (!isMinor(total) || typeof currency !== 'string') return 'the amount is missing';
  const paidAt = fromRfc3339(trade.success_time);
  return { channel: code, tradeNo, outTradeNo, amountMinor: total, currency, merchant: mchid, paidAt, source, raw };
}

export function isMinor(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
