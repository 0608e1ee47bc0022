/**
 * 易支付 (epay), version 1. Nothing can be closed and answers are not signed, so the gateway's address must be one that can
 * be trusted. Late payments are normal here.
 */
import type { PaymentAction } from '../../../../contract/shop.ts';
import type {
  Attempt,
  AttemptRef,
  Channel,
  CreateResult,
  ProbeResult,
  QueryResult,
  RefundOrder,
  RefundResult,
} from '../../channel.ts';
import { ChannelHttpError } from '../../channel-http.ts';
import type { ChannelKind, ChannelParts } from '../../channel-kind.ts';
import { decimalAmount, minorAmount } from '../../decimal-amount.ts';
import { writeForm } from '../../wire/form-text.ts';
import { trustedAddress } from '../../wire/gateway-address.ts';
import { plainText } from '../../wire/json-object.ts';
import { payerAction } from './payer-action.ts';
import { type EpaySettings, epaySettings } from './settings.ts';
import {
  type EpayAnswer,
  epayCurrency,
  readEpayAnswer,
  signedFields,
  theirNumber,
  verifyEpayCallback,
} from './wire.ts';

const answer = (status: number, body: string) => ({ status, contentType: 'text/plain; charset=utf-8', body });

export const epayAcknowledge = { success: answer(200, 'success'), failure: answer(400, 'fail') };

export const epayKind: ChannelKind = {
  kind: 'epay',
  names: { zh: '易支付（V1）', en: 'Epay (version 1)' },
  help: {
    zh: '彩虹易支付及兼容网关的 MD5 接口。商户 ID 和密钥在网关的商户后台。',
    en: 'The MD5 interface of Rainbow Epay and gateways like it. Id and key are in its merchant console.',
  },
  settings: epaySettings,
  open: (settings, parts) => epayChannel(settings as EpaySettings, parts),
};

interface Epay extends EpaySettings {
  parts: ChannelParts;
}

function epayChannel(given: EpaySettings, parts: ChannelParts): Channel {
  const epay: Epay = { ...given, gateway: trustedAddress(given.gateway, 'gateway'), parts };
  const account = { code: parts.code, pid: epay.pid, key: epay.key };
  const prepare = (attempt: Attempt): PaymentAction => ({
    type: 'form',
    url: `${epay.gateway}/submit.php`,
    fields: signedFields(orderFields(epay, attempt), epay.key),
  });
  return {
    code: parts.code,
    kind: epayKind.kind,
    name: parts.name ?? epayKind.names,
    currencies: [epayCurrency],
    sandbox: false,
    merchant: epay.pid,
    lateMs: epay.lateMinutes * 60_000,
    acknowledge: epayAcknowledge,
    ...(epay.mode === 'submit' ? { prepare } : {}),
    create: (attempt) => create(epay, attempt),
    verify: (request) => verifyEpayCallback(request, account),
    query: (attempt) => query(epay, attempt),
    close: async () => ({ kind: 'not-supported' }),
    refund: (order) => refund(epay, order),
    probe: () => probe(epay),
  };
}

function orderFields({ pid, type = '', parts }: Epay, attempt: Attempt): Record<string, string> {
  return {
    pid,
    type,
    out_trade_no: attempt.outTradeNo,
    notify_url: parts.notifyUrl,
    return_url: parts.returnUrl(attempt.outTradeNo),
    name: attempt.subject,
    money: decimalAmount(attempt.amountMinor, epayCurrency),
  };
}

async function create(epay: Epay, attempt: Attempt): Promise<CreateResult> {
  const device = attempt.device === 'pc' ? 'pc' : attempt.device;
  const fields = signedFields({ ...orderFields(epay, attempt), clientip: attempt.clientIp, device }, epay.key);
  const reply = await post(epay, '/mapi.php', fields);
  if (typeof reply === 'string') return { kind: 'unavailable', reason: reply };
  if (reply.code !== '1') return { kind: aboutThisPayment(reply.message), reason: reply.message };
  const action = payerAction(epay.gateway, [
    ['url', reply.fields.payurl],
    ['code', reply.fields.qrcode],
    ['code', reply.fields.urlscheme],
  ]);
  if (!action) return { kind: 'unavailable', reason: 'the answer names no way to pay' };
  const reference = plainText(reply.fields.trade_no);
  return { kind: 'created', action, ...(theirNumber.test(reference) ? { reference } : {}) };
}

/** The interface has no codes for it: what speaks of the amount is no fault of the gateway's health. */
export function aboutThisPayment(message: string): 'refused' | 'unavailable' {
  return /金额|限额|商品|amount|money/i.test(message) ? 'refused' : 'unavailable';
}

async function query(epay: Epay, attempt: AttemptRef): Promise<QueryResult> {
  const { pid, key } = epay;
  const search = writeForm({ act: 'order', pid, key, out_trade_no: attempt.outTradeNo });
  const reply = await get(epay, `/api.php?${search}`);
  if (typeof reply === 'string') return { kind: 'unknown', reason: reply };
  if (reply.code !== '1') {
    return isMissing(reply.message) ? { kind: 'not-found' } : { kind: 'unknown', reason: reply.message };
  }
  return readOrder(epay, attempt, reply.fields);
}

function readOrder({ pid, parts }: Epay, attempt: AttemptRef, fields: Record<string, unknown>): QueryResult {
  const status = plainText(fields.status);
  const tradeNo = plainText(fields.trade_no);
  const amountMinor = minorAmount(plainText(fields.money), epayCurrency);
  if (plainText(fields.out_trade_no) !== attempt.outTradeNo) {
    return { kind: 'unknown', reason: 'the answer is about another order' };
  }
  if (plainText(fields.pid) !== pid) return { kind: 'unknown', reason: 'the answer is about another merchant' };
  if (status === '0') return { kind: 'unpaid' };
  if ((status !== '1' && status !== '2') || !theirNumber.test(tradeNo) || amountMinor === undefined) {
    return { kind: 'unknown', reason: `an answer we cannot read (status ${status})` };
  }
  const payment = {
    channel: parts.code,
    tradeNo,
    outTradeNo: attempt.outTradeNo,
    amountMinor,
    currency: epayCurrency,
    merchant: pid,
    paidAt: null,
    source: 'query',
    raw: JSON.stringify(fields),
  } as const;
  if (status === '1') return { kind: 'paid', payment };
  // Newer gateways tell how much went back; the others only know whole payments.
  const refundedMinor = minorAmount(plainText(fields.refundmoney), epayCurrency) ?? amountMinor;
  return { kind: 'refunded', payment, refundedMinor };
}

/**
 * The interface knows no refund numbers. A whole payment can go back only once, so it may be asked for again; of a part
 * nobody could tell whether it went out already.
 */
async function refund(epay: Epay, order: RefundOrder): Promise<RefundResult> {
  if (!epay.refunds) return { kind: 'by-hand', reason: 'this gateway has no refunds by interface' };
  if (order.amountMinor !== order.paymentAmountMinor) {
    return { kind: 'by-hand', reason: 'this interface can only refund whole payments safely' };
  }
  const before = await query(epay, order.attempt);
  if (before.kind === 'refunded') {
    if (before.refundedMinor === order.amountMinor) return { kind: 'succeeded' };
    return { kind: 'by-hand', reason: 'a part of it has gone back already' };
  }
  if (before.kind !== 'paid') return { kind: 'unknown', reason: `the gateway says it is ${before.kind}` };
  if (before.payment.tradeNo !== order.tradeNo) {
    return { kind: 'by-hand', reason: 'the gateway knows this order by another trade' };
  }
  const { pid, key } = epay;
  const money = decimalAmount(order.amountMinor, epayCurrency);
  const reply = await post(epay, '/api.php?act=refund', { pid, key, trade_no: order.tradeNo, money });
  if (typeof reply === 'string') return { kind: 'unknown', reason: reply };
  if (reply.code === '1') return { kind: 'succeeded' };
  const after = await query(epay, order.attempt);
  if (after.kind === 'refunded') return { kind: 'succeeded' };
  return after.kind === 'paid'
    ? { kind: 'rejected', reason: reply.message }
    : { kind: 'unknown', reason: reply.message };
}

async function probe(epay: Epay): Promise<ProbeResult> {
  const { pid, key } = epay;
  const reply = await get(epay, `/api.php?${writeForm({ act: 'query', pid, key })}`);
  if (typeof reply === 'string') return { kind: 'failing', reason: reply };
  return reply.code === '1' ? { kind: 'healthy' } : { kind: 'failing', reason: reply.message };
}

const isMissing = (message: string) => /不存在|not (exist|found)/i.test(message);

function get({ gateway, parts }: Epay, path: string): Promise<EpayAnswer | string> {
  return epayAnswer(parts.http.request({ method: 'GET', url: gateway + path }));
}

function post({ gateway, parts }: Epay, path: string, fields: Record<string, string>): Promise<EpayAnswer | string> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = writeForm(fields);
  return epayAnswer(parts.http.request({ method: 'POST', url: gateway + path, headers, body }));
}

/** The answer, or why there is none. */
export async function epayAnswer(asked: Promise<{ status: number; body: Buffer }>): Promise<EpayAnswer | string> {
  try {
    const { status, body } = await asked;
    if (status !== 200) return `HTTP status ${status}`;
    return readEpayAnswer(body) ?? 'an answer that is no epay message';
  } catch (error) {
    if (error instanceof ChannelHttpError) return error.message;
    throw error;
  }
}
