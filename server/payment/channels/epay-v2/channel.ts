/** 易支付 (epay), version 2: signed in both directions, with close and refunds that have numbers. */
import type { KeyObject } from 'node:crypto';
import type {
  Attempt,
  AttemptRef,
  Channel,
  CloseResult,
  CreateResult,
  ProbeResult,
  QueryResult,
  RefundOrder,
  RefundQueryResult,
  RefundResult,
} from '../../channel.ts';
import type { ChannelKind, ChannelParts } from '../../channel-kind.ts';
import { decimalAmount, minorAmount } from '../../decimal-amount.ts';
import { writeForm } from '../../wire/form-text.ts';
import { privateKeyOf, publicKeyOf } from '../../wire/rsa.ts';
import { aboutThisPayment, epayAcknowledge, epayAnswer } from '../epay/channel.ts';
import { payerAction } from '../epay/payer-action.ts';
import { epayCurrency, theirNumber } from '../epay/wire.ts';
import { type EpayV2Settings, epayV2Settings } from './settings.ts';
import { answerFields, signFields, verifyEpayV2Callback, whyNotGenuine } from './wire.ts';

export const epayV2Kind: ChannelKind = {
  kind: 'epay-v2',
  names: { zh: '易支付（V2）', en: 'Epay (version 2)' },
  help: {
    zh: '彩虹易支付 V2 的 RSA 接口。商户 ID、商户私钥和平台公钥在网关的商户后台。',
    en: 'The RSA interface of Rainbow Epay 2. Id, private key and platform key are in its merchant console.',
  },
  settings: epayV2Settings,
  open: (settings, parts) => epayV2Channel(settings as EpayV2Settings, parts),
};

interface Epay {
  gateway: string;
  pid: string;
  type: string;
  privateKey: KeyObject;
  platformKey: KeyObject;
  parts: ChannelParts;
}

function epayV2Channel(settings: EpayV2Settings, parts: ChannelParts): Channel {
  const { gateway, pid, type = '' } = settings;
  const privateKey = privateKeyOf(settings.merchantPrivateKey, 'merchantPrivateKey');
  const platformKey = publicKeyOf(settings.platformPublicKey, 'platformPublicKey');
  const epay: Epay = { gateway, pid, type, privateKey, platformKey, parts };
  const begin = settings.mode === 'submit' ? submit : create;
  return {
    code: parts.code,
    kind: epayV2Kind.kind,
    name: parts.name ?? epayV2Kind.names,
    currencies: [epayCurrency],
    sandbox: false,
    merchant: pid,
    lateMs: 10 * 60_000,
    acknowledge: epayAcknowledge,
    create: (attempt) => begin(epay, attempt),
    verify: (request) => verifyEpayV2Callback(request, { code: parts.code, pid, platformKey }, parts.clock.now()),
    query: (attempt) => query(epay, attempt),
    close: (attempt) => close(epay, attempt),
    refund: (order) => refund(epay, order),
    queryRefund: (order) => queryRefund(epay, order),
    probe: () => probe(epay),
  };
}

function orderFields({ pid, type, parts }: Epay, attempt: Attempt): Record<string, string> {
  return {
    pid,
    type,
    out_trade_no: attempt.outTradeNo,
    notify_url: parts.notifyUrl,
    return_url: parts.returnUrl(attempt.outTradeNo),
    name: attempt.subject,
    money: decimalAmount(attempt.amountMinor, epayCurrency),
    clientip: attempt.clientIp,
  };
}

/** Signing takes the thread pool, so this is not `prepare`; nobody is asked all the same. */
async function submit(epay: Epay, attempt: Attempt): Promise<CreateResult> {
  const { clientip: _, ...fields } = orderFields(epay, attempt);
  const signed = await signFields(fields, epay.privateKey, epay.parts.clock.now());
  return { kind: 'created', action: { type: 'form', url: `${epay.gateway}/api/pay/submit`, fields: signed } };
}

async function create(epay: Epay, attempt: Attempt): Promise<CreateResult> {
  const fields = { ...orderFields(epay, attempt), method: 'web', device: attempt.device };
  const reply = await call(epay, '/api/pay/create', fields);
  if (typeof reply === 'string') return { kind: 'unavailable', reason: reply };
  if (reply.code !== '0') return { kind: aboutThisPayment(reply.msg ?? ''), reason: reply.msg ?? '' };
  const asCode = reply.pay_type === 'qrcode' || reply.pay_type === 'urlscheme';
  const action = payerAction(epay.gateway, [[asCode ? 'code' : 'url', reply.pay_info]]);
  if (!action) return { kind: 'unavailable', reason: `a way to pay we do not know (${reply.pay_type})` };
  const reference = reply.trade_no ?? '';
  return { kind: 'created', action, ...(theirNumber.test(reference) ? { reference } : {}) };
}

async function query(epay: Epay, attempt: AttemptRef): Promise<QueryResult> {
  const reply = await call(epay, '/api/pay/query', { out_trade_no: attempt.outTradeNo });
  if (typeof reply === 'string') return { kind: 'unknown', reason: reply };
  if (reply.code !== '0') {
    return isMissing(reply.msg) ? { kind: 'not-found' } : { kind: 'unknown', reason: reply.msg ?? '' };
  }
  if (reply.out_trade_no !== attempt.outTradeNo || reply.pid !== epay.pid) {
    return { kind: 'unknown', reason: 'the answer is about another order' };
  }
  if (reply.status === '0') return { kind: 'unpaid' };
  const tradeNo = reply.trade_no ?? '';
  const amountMinor = minorAmount(reply.money, epayCurrency);
  if ((reply.status !== '1' && reply.status !== '2') || !theirNumber.test(tradeNo) || amountMinor === undefined) {
    return { kind: 'unknown', reason: `an answer we cannot read (status ${reply.status})` };
  }
  const payment = {
    channel: epay.parts.code,
    tradeNo,
    outTradeNo: attempt.outTradeNo,
    amountMinor,
    currency: epayCurrency,
    merchant: epay.pid,
    paidAt: null,
    source: 'query',
    raw: JSON.stringify(reply),
  } as const;
  const refundedMinor = minorAmount(reply.refundmoney ?? '', epayCurrency) ?? (reply.status === '2' ? amountMinor : 0);
  return refundedMinor > 0 ? { kind: 'refunded', payment, refundedMinor } : { kind: 'paid', payment };
}

async function close(epay: Epay, attempt: AttemptRef): Promise<CloseResult> {
  const reply = await call(epay, '/api/pay/close', { out_trade_no: attempt.outTradeNo });
  if (typeof reply === 'string') return { kind: 'unknown', reason: reply };
  if (reply.code === '0') return { kind: 'closed' };
  if (isMissing(reply.msg)) return { kind: 'not-found' };
  const now = await query(epay, attempt);
  if (now.kind === 'paid' || now.kind === 'refunded') return { kind: 'paid' };
  return { kind: 'unknown', reason: reply.msg ?? '' };
}

/** A `yes` to a refund means that it was taken in; what became of it is asked at once. */
async function refund(epay: Epay, order: RefundOrder): Promise<RefundResult> {
  const reply = await call(epay, '/api/pay/refund', {
    trade_no: order.tradeNo,
    money: decimalAmount(order.amountMinor, epayCurrency),
    out_refund_no: order.refundNo,
  });
  if (typeof reply === 'string') return { kind: 'unknown', reason: reply };
  const state = await queryRefund(epay, order);
  // A number that was used before is refused, and is the refund we asked for.
  if (state.kind !== 'not-found') return state;
  if (reply.code === '0') return { kind: 'processing' };
  return { kind: 'rejected', reason: reply.msg ?? '' };
}

async function queryRefund(epay: Epay, order: RefundOrder): Promise<RefundQueryResult> {
  const reply = await call(epay, '/api/pay/refundquery', { out_refund_no: order.refundNo });
  if (typeof reply === 'string') return { kind: 'unknown', reason: reply };
  if (reply.code !== '0') {
    return isMissing(reply.msg) ? { kind: 'not-found' } : { kind: 'unknown', reason: reply.msg ?? '' };
  }
  if (reply.out_refund_no !== order.refundNo || minorAmount(reply.money, epayCurrency) !== order.amountMinor) {
    return { kind: 'unknown', reason: 'the answer is about another refund' };
  }
  const reference = reply.refund_no ?? '';
  const known = theirNumber.test(reference) ? { reference } : {};
  if (reply.status === '1') return { kind: 'succeeded', ...known };
  return reply.status === '0'
    ? { kind: 'rejected', reason: 'the gateway says the refund failed' }
    : { kind: 'processing', ...known };
}

async function probe(epay: Epay): Promise<ProbeResult> {
  const reply = await call(epay, '/api/merchant/info', {});
  if (typeof reply === 'string') return { kind: 'failing', reason: reply };
  return reply.code === '0' ? { kind: 'healthy' } : { kind: 'failing', reason: reply.msg ?? '' };
}

const isMissing = (message = '') => /不存在|not (exist|found)/i.test(message);

/** A signed request; the fields of its answer once they are proved, else why they are of no use. */
async function call(epay: Epay, path: string, given: Record<string, string>): Promise<Record<string, string> | string> {
  const { parts, pid, gateway } = epay;
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const fields = await signFields({ pid, ...filled }, epay.privateKey, parts.clock.now());
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const reply = await epayAnswer(
    parts.http.request({ method: 'POST', url: gateway + path, headers, body: writeForm(fields) }),
  );
  if (typeof reply === 'string') return reply;
  const answer = answerFields(reply.fields);
  // Errors come unsigned. They are believed as far as "no" goes, which ends nothing.
  if (answer.code !== '0' && answer.sign === undefined) return { code: answer.code ?? '', msg: reply.message };
  const reason = whyNotGenuine(answer, epay, parts.clock.now());
  return reason ? `an answer that is not proved: ${reason}` : answer;
}
