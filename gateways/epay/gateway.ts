/** 易支付, version 1, as the open-source gateway speaks it: submit.php, mapi.php, api.php, callbacks by GET. */
import type { GatewayTrade } from '../books.ts';
import type { GatewayDefinition, GatewayParts, GatewayReply, GatewayRequest, OutgoingMessage } from '../gateway.ts';
import { forgeEpay } from './forge.ts';
import { md5Sign, withSign } from './md5-sign.ts';

export const pid = '1001';
const key = 'simulated-epay-key-89b2c1f0a7d34e56';

const minuteMs = 60_000;

export const epayGateway: GatewayDefinition = {
  kind: 'epay',
  // After 1 and 3 minutes, 20 minutes, 1 and 2 hours.
  retryDelaysMs: [1, 2, 16, 36, 60].map((minutes) => minutes * minuteMs),
  has: {
    close: false,
    refund: true,
    refundMessage: false,
    signedAnswers: false,
    bill: false,
    otherAmounts: true,
    rotation: false,
  },
  open: (parts) => ({
    settings: {
      gateway: parts.baseUrl,
      pid,
      type: 'alipay',
      key,
      mode: 'submit',
      refunds: true,
      lateMinutes: 5,
    },
    handle: (request, mood) => handle(parts, request, mood.disagree),
    message: ({ kind, trade }) => (kind === 'paid' ? get(trade, withSign(notice(trade), key)) : undefined),
    acknowledged: ({ status, body }) => status === 200 && body.toLowerCase().includes('success'),
    forge: (name, trade, other) =>
      forgeEpay({ name, trade, other, fields: notice, sign: (values, by) => withSign(values, by), key }),
  }),
};

/** What the network tells of a payment. */
export function notice(trade: GatewayTrade): Record<string, string> {
  return {
    pid: trade.extra.pid ?? pid,
    trade_no: trade.tradeNo,
    out_trade_no: trade.outTradeNo,
    type: trade.extra.type || 'alipay',
    name: trade.subject,
    money: yuan(trade.paidMinor),
    trade_status: 'TRADE_SUCCESS',
    ...(trade.extra.param ? { param: trade.extra.param } : {}),
  };
}

export const yuan = (minor: number): string => (minor / 100).toFixed(2);
export const fen = (text: string): number => Math.round(Number(text) * 100);
export const json = (value: unknown): GatewayReply => ({
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

export function get(trade: GatewayTrade, params: URLSearchParams): OutgoingMessage {
  return { method: 'GET', url: `${trade.notifyUrl}?${params}` };
}

function handle(parts: GatewayParts, request: GatewayRequest, disagree: boolean): GatewayReply | undefined {
  const given = request.method === 'POST' ? new URLSearchParams(request.body.toString()) : request.query;
  if (request.path === '/submit.php') return submit(parts, given);
  if (request.path === '/mapi.php') return mapi(parts, given);
  if (request.path !== '/api.php') return undefined;
  if (given.get('pid') !== pid || given.get('key') !== key) return json({ code: -3, msg: '商户ID或密钥错误' });
  const act = request.query.get('act');
  if (act === 'query') return json({ code: 1, pid, key, active: 1, money: '0.00' });
  if (act === 'order') return order(parts, given, disagree);
  if (act === 'refund') return refund(parts, given);
  return json({ code: -5, msg: 'No Act!' });
}

function enter(parts: GatewayParts, given: URLSearchParams): GatewayTrade | string {
  if (given.get('pid') !== pid) return '商户不存在';
  if (given.get('sign_type') !== 'MD5' || md5Sign(given, key) !== given.get('sign')) return '签名校验失败';
  const text = (name: string) => given.get(name) ?? '';
  for (const name of ['out_trade_no', 'notify_url', 'return_url', 'name', 'money']) {
    if (text(name) === '') return `${name}不能为空`;
  }
  if (!/^\d+(\.\d{1,2})?$/.test(text('money')) || fen(text('money')) < 1) return '金额不合法';
  return openTrade(parts, given);
}

export function openTrade(parts: GatewayParts, given: URLSearchParams): GatewayTrade {
  const text = (name: string) => given.get(name) ?? '';
  return parts.books.open({
    outTradeNo: text('out_trade_no'),
    amountMinor: fen(text('money')),
    currency: 'CNY',
    notifyUrl: text('notify_url'),
    returnUrl: text('return_url'),
    subject: text('name'),
    extra: { type: text('type'), param: text('param') },
  });
}

function submit(parts: GatewayParts, given: URLSearchParams): GatewayReply {
  const trade = enter(parts, given);
  if (typeof trade === 'string') return { status: 400, body: trade };
  return { status: 302, headers: { location: parts.payPage(trade.outTradeNo) }, body: '' };
}

function mapi(parts: GatewayParts, given: URLSearchParams): GatewayReply {
  if (!given.get('clientip')) return json({ code: -1, msg: '用户IP不能为空' });
  const trade = enter(parts, given);
  if (typeof trade === 'string') return json({ code: -1, msg: trade });
  const page = parts.payPage(trade.outTradeNo);
  const way = given.get('device') === 'mobile' ? { payurl: page } : { qrcode: page };
  return json({ code: 1, msg: 'succ', trade_no: trade.tradeNo, ...way });
}

function order(parts: GatewayParts, given: URLSearchParams, disagree: boolean): GatewayReply {
  const trade = parts.books.find(given.get('out_trade_no') ?? '');
  if (!trade) return json({ code: -1, msg: '订单号不存在' });
  const paid = trade.status === 'paid' && !disagree;
  const back = trade.refunds.some((refund) => refund.status === 'succeeded');
  return json({
    code: 1,
    msg: '查询订单号成功！',
    trade_no: trade.tradeNo,
    out_trade_no: trade.outTradeNo,
    type: trade.extra.type,
    pid: Number(pid),
    name: trade.subject,
    money: yuan(paid ? trade.paidMinor : trade.amountMinor),
    status: paid ? (back ? 2 : 1) : 0,
    param: trade.extra.param ?? '',
  });
}

/** The network gives no numbers to refunds: what has gone back once is refused the second time. */
function refund(parts: GatewayParts, given: URLSearchParams): GatewayReply {
  const trade = parts.books.findWhere((one) => one.tradeNo === given.get('trade_no'));
  if (!trade) return json({ code: -1, msg: '订单号不存在' });
  if (trade.refunds.length > 0) return json({ code: -1, msg: '该订单已退款' });
  const answer = parts.books.refund(trade, {
    refundNo: `EPAY-${trade.tradeNo}`,
    amountMinor: fen(given.get('money') ?? ''),
  });
  if (answer.kind !== 'taken') return json({ code: -1, msg: '订单状态不支持退款' });
  return json({ code: 1, msg: '退款成功' });
}
