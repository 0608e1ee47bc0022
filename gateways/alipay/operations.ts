/** The methods of Alipay's gateway that a shop uses, over the books. */
import { type Books, type GatewayTrade, refundedMinor } from '../books.ts';
import type { Mood } from '../gateway.ts';
import { statusOf } from './messages.ts';
import { beijing, yuan } from './wire.ts';

export interface Call {
  method: string;
  parameters: Record<string, string>;
  content: Record<string, string>;
  mood: Mood;
}

export interface Desk {
  books: Books;
  baseUrl: string;
  now(): number;
  refunded(trade: GatewayTrade, refundNo: string): void;
  certificate(number: string): string | undefined;
}

type Answer = Record<string, unknown>;

export const refusal = (code: string, message: string): Answer => ({
  code: code.startsWith('isv.') ? '40002' : '40004',
  msg: code.startsWith('isv.') ? 'Invalid Arguments' : 'Business Failed',
  sub_code: code,
  sub_msg: message,
});
const done = (more: Answer): Answer => ({ code: '10000', msg: 'Success', ...more });
const unknownTrade = () => refusal('ACQ.TRADE_NOT_EXIST', '交易不存在');

export function perform(call: Call, desk: Desk): Answer {
  const operation = operations[call.method];
  return operation ? operation(call, desk) : refusal('isv.invalid-method', '不存在的方法名');
}

export function enter({ parameters, content }: Call, { books }: Desk, scanned: boolean): GatewayTrade | Answer {
  const amountMinor = Math.round(Number(content.total_amount) * 100);
  if (!content.out_trade_no || !content.subject || !/^\d+\.\d\d$/.test(content.total_amount ?? '')) {
    return refusal('ACQ.INVALID_PARAMETER', '参数无效');
  }
  const trade = books.open({
    outTradeNo: content.out_trade_no,
    amountMinor,
    currency: 'CNY',
    subject: content.subject,
    notifyUrl: parameters.notify_url ?? '',
    returnUrl: parameters.return_url ?? '',
    expiresAt: content.time_expire ? Date.parse(`${content.time_expire.replace(' ', 'T')}+08:00`) : null,
  });
  if (trade.amountMinor !== amountMinor) return refusal('ACQ.CONTEXT_INCONSISTENT', '交易信息被篡改');
  if (trade.status === 'paid') return refusal('ACQ.TRADE_HAS_SUCCESS', '交易已被支付');
  if (trade.status === 'closed') return refusal('ACQ.TRADE_HAS_CLOSE', '交易已经关闭');
  if (scanned) trade.extra.scanned = 'yes';
  return trade;
}

/** Alipay knows a trade from the moment somebody scanned its code. */
function known({ content }: Call, { books, now }: Desk): GatewayTrade | undefined {
  const trade =
    books.find(content.out_trade_no ?? '') ?? books.findWhere(({ tradeNo }) => tradeNo === content.trade_no);
  if (!trade || (trade.status === 'waiting' && !trade.extra.scanned)) return undefined;
  if (trade.status === 'waiting' && trade.expiresAt !== null && trade.expiresAt < now()) trade.status = 'closed';
  return trade;
}

const operations: Record<string, (call: Call, desk: Desk) => Answer> = {
  'alipay.trade.precreate': (call, desk) => {
    const trade = enter(call, desk, false);
    if (!('outTradeNo' in trade)) return trade as Answer;
    const { outTradeNo } = trade as GatewayTrade;
    return done({ out_trade_no: outTradeNo, qr_code: `${desk.baseUrl}/qr/${outTradeNo}` });
  },
  'alipay.trade.query': (call, desk) => {
    const trade = known(call, desk);
    if (!trade) return unknownTrade();
    const lie = call.mood.disagree && trade.status === 'paid';
    const paid = trade.status === 'paid' && !lie;
    return done({
      buyer_logon_id: 'pay***@example.com',
      out_trade_no: trade.outTradeNo,
      trade_no: trade.tradeNo,
      trade_status: lie ? 'WAIT_BUYER_PAY' : statusOf(trade),
      total_amount: yuan(paid ? trade.paidMinor : trade.amountMinor),
      ...(paid ? { send_pay_date: beijing(trade.paidAt ?? 0) } : {}),
    });
  },
  'alipay.trade.close': (call, desk) => {
    const trade = known(call, desk);
    if (!trade) return unknownTrade();
    if (trade.status !== 'waiting') return refusal('ACQ.TRADE_STATUS_ERROR', '交易状态不合法');
    desk.books.close(trade);
    return done({ out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo });
  },
  'alipay.trade.refund': (call, desk) => {
    const { content } = call;
    const trade = known(call, desk);
    if (!trade) return unknownTrade();
    const amountMinor = Math.round(Number(content.refund_amount) * 100);
    const refundNo = content.out_request_no || trade.outTradeNo;
    const there = trade.refunds.find((refund) => refund.refundNo === refundNo);
    if (there && there.amountMinor !== amountMinor) {
      return refusal('ACQ.DISCORDANT_REPEAT_REQUEST', '请求信息不一致');
    }
    const answer = desk.books.refund(trade, { refundNo, amountMinor });
    if (answer.kind === 'not-paid') return refusal('ACQ.TRADE_STATUS_ERROR', '交易状态不合法');
    if (answer.kind === 'too-much') return refusal('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL', '退款金额超限');
    if (!answer.repeated) desk.refunded(trade, refundNo);
    return done({
      out_trade_no: trade.outTradeNo,
      trade_no: trade.tradeNo,
      fund_change: answer.repeated ? 'N' : 'Y',
      refund_fee: yuan(refundedMinor(trade)),
    });
  },
  'alipay.trade.fastpay.refund.query': (call, desk) => {
    const trade = known(call, desk);
    if (!trade) return unknownTrade();
    const refund = trade.refunds.find(({ refundNo }) => refundNo === call.content.out_request_no);
    if (!refund) return done({});
    return done({
      out_trade_no: trade.outTradeNo,
      trade_no: trade.tradeNo,
      out_request_no: refund.refundNo,
      total_amount: yuan(trade.paidMinor),
      refund_amount: yuan(refund.amountMinor),
      refund_status: 'REFUND_SUCCESS',
    });
  },
  'alipay.data.dataservice.bill.downloadurl.query': ({ content }, { books, baseUrl }) => {
    const { trades, refunds } = books.day(content.bill_date ?? '', 480);
    if (trades.length + refunds.length === 0) return refusal('isp.bill_not_exist', '账单不存在');
    return done({ bill_download_url: `${baseUrl}/bill?date=${content.bill_date}` });
  },
  'alipay.open.app.alipaycert.download': ({ content }, { certificate }) => {
    const pem = certificate(content.alipay_cert_sn ?? '');
    if (!pem) return refusal('isv.invalid-parameter', '证书不存在');
    return done({ alipay_cert_content: Buffer.from(pem).toString('base64') });
  },
};
