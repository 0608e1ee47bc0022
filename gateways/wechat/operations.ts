/** The requests of API v3 that a shop makes, over the books. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Books, type GatewayRefund, type GatewayTrade, refundedMinor } from '../books.ts';
import type { GatewayRequest, Mood } from '../gateway.ts';
import { billTable } from './bill.ts';
import { transaction } from './messages.ts';
import { appid, mchid, type Parties } from './parties.ts';
import { rfc3339, seal } from './wire.ts';

export interface Answer {
  status: number;
  body: unknown;
}

export interface Desk {
  books: Books;
  parties: Parties;
  baseUrl: string;
  payPage(outTradeNo: string): string;
  now(): number;
  /** Refunds take a while; this ends one. */
  refundLater(trade: GatewayTrade, refund: GatewayRefund): void;
}

export const no = (status: number, code: string, message: string): Answer => ({ status, body: { code, message } });
const yes = (body: unknown): Answer => ({ status: 200, body });

export function perform(request: GatewayRequest, mood: Mood, desk: Desk): Answer | undefined {
  const { method, path } = request;
  const content = request.body.length > 0 ? (JSON.parse(request.body.toString()) as Record<string, unknown>) : {};
  const product = /^\/v3\/pay\/transactions\/(native|h5|jsapi)$/.exec(path)?.[1];
  if (method === 'POST' && product) return create(product, content, desk);
  const [, number, closing] = /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)(\/close)?$/.exec(path) ?? [];
  if (number && method === 'GET' && !closing) return query(number, request, mood, desk);
  if (number && method === 'POST' && closing) return close(number, desk);
  if (method === 'POST' && path === '/v3/refund/domestic/refunds') return refund(content, desk);
  const refundNo = /^\/v3\/refund\/domestic\/refunds\/([^/]+)$/.exec(path)?.[1];
  if (method === 'GET' && refundNo) return queryRefund(decodeURIComponent(refundNo), desk);
  if (method === 'GET' && path === '/v3/certificates') return yes({ data: certificates(desk) });
  if (method === 'GET' && path === '/v3/bill/tradebill') return announceBill(request, desk);
  return undefined;
}

function create(product: string, content: Record<string, unknown>, desk: Desk): Answer {
  const { total, currency } = (content.amount ?? {}) as Record<string, unknown>;
  if (content.mchid !== mchid || content.appid !== appid)
    return no(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配');
  if (typeof total !== 'number' || total < 1 || currency !== 'CNY') return no(400, 'PARAM_ERROR', '金额错误');
  if (product === 'jsapi' && !(content.payer as Record<string, unknown>)?.openid)
    return no(400, 'PARAM_ERROR', '缺少openid');
  if (product === 'h5' && !(content.scene_info as Record<string, unknown>)?.payer_client_ip)
    return no(400, 'PARAM_ERROR', '缺少payer_client_ip');
  const outTradeNo = String(content.out_trade_no);
  const trade = desk.books.open({
    outTradeNo,
    amountMinor: total,
    currency,
    subject: String(content.description),
    notifyUrl: String(content.notify_url),
    expiresAt: content.time_expire ? Date.parse(String(content.time_expire)) : null,
    extra: { product: { native: 'NATIVE', h5: 'MWEB', jsapi: 'JSAPI' }[product] ?? '' },
  });
  if (trade.amountMinor !== total) return no(400, 'INVALID_REQUEST', '201 商户订单号重复');
  if (trade.status === 'paid') return no(400, 'ORDERPAID', '该订单已支付');
  if (trade.status === 'closed') return no(400, 'ORDER_CLOSED', '该订单已关闭');
  if (product === 'native') return yes({ code_url: desk.payPage(outTradeNo) });
  if (product === 'h5') return yes({ h5_url: `${desk.baseUrl}/cashier?prepay_id=${trade.tradeNo}` });
  return yes({ prepay_id: trade.tradeNo });
}

function find(outTradeNo: string, { books, now }: Desk): GatewayTrade | undefined {
  const trade = books.find(outTradeNo);
  if (trade?.status === 'waiting' && trade.expiresAt !== null && trade.expiresAt < now()) books.close(trade);
  return trade;
}

function query(outTradeNo: string, { query: said }: GatewayRequest, mood: Mood, desk: Desk): Answer {
  if (said.get('mchid') !== mchid) return no(400, 'PARAM_ERROR', '缺少mchid');
  const trade = find(outTradeNo, desk);
  if (!trade) return no(404, 'ORDER_NOT_EXIST', '订单不存在');
  if (trade.status === 'closed') return yes(transaction(trade, 'CLOSED'));
  if (trade.status === 'waiting' || mood.disagree) return yes(transaction(trade, 'NOTPAY'));
  return yes(transaction(trade, refundedMinor(trade) > 0 ? 'REFUND' : 'SUCCESS'));
}

function close(outTradeNo: string, desk: Desk): Answer {
  const trade = find(outTradeNo, desk);
  if (!trade) return no(404, 'ORDER_NOT_EXIST', '订单不存在');
  if (trade.status === 'paid') return no(400, 'ORDERPAID', '该订单已支付');
  if (trade.status === 'closed') return no(400, 'ORDER_CLOSED', '该订单已关闭');
  desk.books.close(trade);
  return { status: 204, body: undefined };
}

function refund(content: Record<string, unknown>, desk: Desk): Answer {
  const { refund: amountMinor, total } = (content.amount ?? {}) as Record<string, number>;
  const trade = desk.books.findWhere(
    ({ tradeNo, outTradeNo }) => tradeNo === content.transaction_id || outTradeNo === content.out_trade_no,
  );
  if (trade?.status !== 'paid') return no(404, 'RESOURCE_NOT_EXISTS', '订单号不存在');
  if (total !== trade.paidMinor || !amountMinor) return no(400, 'PARAM_ERROR', '订单金额不一致');
  const refundNo = String(content.out_refund_no);
  const there = trade.refunds.find((each) => each.refundNo === refundNo);
  if (there && there.amountMinor !== amountMinor) return no(400, 'INVALID_REQUEST', '退款金额与之前请求不一致');
  const answer = desk.books.refund(trade, { refundNo, amountMinor, status: 'processing' });
  if (answer.kind !== 'taken') return no(400, 'INVALID_REQUEST', '退款金额超限');
  if (!answer.repeated) {
    trade.extra[`notify ${refundNo}`] = String(content.notify_url ?? '');
    desk.refundLater(trade, answer.refund);
  }
  return yes(refundView(trade, answer.refund));
}

function queryRefund(refundNo: string, { books }: Desk): Answer {
  const trade = books.findWhere(({ refunds }) => refunds.some((each) => each.refundNo === refundNo));
  const found = trade?.refunds.find((each) => each.refundNo === refundNo);
  return trade && found ? yes(refundView(trade, found)) : no(404, 'RESOURCE_NOT_EXISTS', '退款单查询失败');
}

function refundView(trade: GatewayTrade, each: GatewayRefund): unknown {
  return {
    refund_id: each.reference,
    out_refund_no: each.refundNo,
    transaction_id: trade.tradeNo,
    out_trade_no: trade.outTradeNo,
    channel: 'ORIGINAL',
    create_time: rfc3339(each.createdAt),
    status: { processing: 'PROCESSING', succeeded: 'SUCCESS', rejected: 'CLOSED' }[each.status],
    amount: { total: trade.paidMinor, refund: each.amountMinor, currency: 'CNY' },
  };
}

function certificates({ parties }: Desk): unknown[] {
  if (parties.mode === 'public-key') return [];
  return parties.certificates.map((pem) => ({
    serial_no: parties.certificate.serial,
    effective_time: '2026-01-01T00:00:00+08:00',
    expire_time: '2031-01-01T00:00:00+08:00',
    encrypt_certificate: seal(pem, parties.apiV3Key, 'certificate'),
  }));
}

function announceBill({ query: said }: GatewayRequest, { books, baseUrl }: Desk): Answer {
  const date = said.get('bill_date') ?? '';
  const table = billTable(books, date);
  if (table === undefined) return no(400, 'NO_STATEMENT_EXIST', '账单文件不存在');
  const hash = createHash('sha1').update(table).digest('hex');
  return yes({ hash_type: 'SHA1', hash_value: hash, download_url: `${baseUrl}/v3/billdownload/file?token=${date}` });
}

export function billFile(date: string, books: Books): Buffer | undefined {
  const table = billTable(books, date);
  return table === undefined ? undefined : gzipSync(table);
}
