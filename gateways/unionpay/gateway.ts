/** Simulates UnionPay's ACP 5.1.0: the gateway page, queries, refunds and bills. */
import type { GatewayTrade } from '../books.ts';
import type { GatewayDefinition, GatewayParts, GatewayReply, GatewayRequest, GatewayWire, Mood } from '../gateway.ts';
import { billFile } from './bill.ts';
import { forgery, messageOf, paymentFields, refundFields } from './messages.ts';
import { certIdOf, merId, newParties, type Parties } from './parties.ts';
import { type Fields, plain, sealed, verifies } from './wire.ts';

/** Some of its documents say 40 signs; its bills have room for 32. */
const orderNumber = /^[0-9A-Za-z]{8,32}$/;
/** Real refunds take hours to days. */
const refundAfterMs = 20;

export const unionpayGateway: GatewayDefinition = {
  kind: 'unionpay',
  retryDelaysMs: [1, 2, 4, 5].map((minutes) => minutes * 60_000),
  has: {
    close: false,
    refund: true,
    refundMessage: true,
    signedAnswers: true,
    bill: true,
    // UnionPay never takes another amount; the shop must survive it all the same.
    otherAmounts: true,
    rotation: true,
  },
  open: openUnionpay,
};

/** The parties of a running gateway, for tests that forge with their certificates. */
export const partiesOf = new WeakMap<GatewayWire, Parties>();

async function openUnionpay(parts: GatewayParts): Promise<GatewayWire> {
  const parties = await newParties(parts.baseUrl);
  const wire: GatewayWire = {
    settings: parties.settings,
    handle: (request, mood) => handle(request, mood, { parties, parts }),
    message: (event) => messageOf(event, parties),
    acknowledged: ({ status }) => status === 200,
    forge: (name, trade, other) => forgery(name, trade, other, parties),
    rotate: () => parties.renew(),
  };
  partiesOf.set(wire, parties);
  return wire;
}

interface Office {
  parties: Parties;
  parts: GatewayParts;
}

function handle(request: GatewayRequest, mood: Mood, office: Office): GatewayReply | undefined {
  if (request.method !== 'POST') return undefined;
  const fields: Fields = Object.fromEntries(new URLSearchParams(request.body.toString()));
  const { parties } = office;
  const wrong = whatIsWrong(fields, parties);
  if (request.path === '/gateway/api/frontTransReq.do') return front(fields, wrong, office);
  const operation = operations[request.path];
  if (!operation) return undefined;
  const said = wrong ? { respCode: '11', respMsg: `验证签名失败[${wrong}]` } : operation(fields, mood, office);
  const { signature: _signature, certId: _certificate, signMethod: _method, ...asked } = fields;
  const answer = sealed({ ...asked, ...said }, mood.wrongSignature ? parties.stranger : parties.unionpay);
  return { headers: { 'content-type': 'text/html;charset=UTF-8' }, body: plain(answer) };
}

function whatIsWrong(fields: Fields, { merchant }: Parties): string | undefined {
  if (fields.version !== '5.1.0' || fields.signMethod !== '01') return 'version';
  if (fields.merId !== merId || fields.certId !== certIdOf(merchant)) return 'certId';
  return verifies(fields, merchant.publicKey) ? undefined : 'signature';
}

function front(fields: Fields, wrong: string | undefined, { parts }: Office): GatewayReply {
  const { orderId = '', txnTime = '', txnAmt = '', payTimeout = '' } = fields;
  if (wrong || !orderNumber.test(orderId) || !/^[1-9]\d{0,11}$/.test(txnAmt) || !/^\d{14}$/.test(txnTime)) {
    return { status: 400, body: `<p class="end_error">${wrong ?? '报文格式错误'}</p>` };
  }
  const trade = parts.books.open({
    outTradeNo: orderId,
    tradeNo: `${txnTime}${parts.books.newNumber().slice(-7)}`,
    amountMinor: Number(txnAmt),
    currency: 'CNY',
    subject: fields.orderDesc ?? '',
    notifyUrl: fields.backUrl ?? '',
    returnUrl: fields.frontUrl ?? '',
    expiresAt: payTimeout ? Date.parse(iso(payTimeout)) : null,
    extra: { txnTime },
  });
  if (trade.extra.txnTime !== txnTime || trade.amountMinor !== Number(txnAmt) || trade.status === 'paid') {
    return { status: 400, body: '<p class="end_error">重复交易</p>' };
  }
  return { status: 302, headers: { location: parts.payPage(orderId) }, body: '' };
}

function iso(compact: string): string {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(..)(..)(..)(..)(..)$/.exec(compact) ?? [];
  return `${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`;
}

const operations: Record<string, (fields: Fields, mood: Mood, office: Office) => Fields> = {
  '/gateway/api/queryTrans.do': query,
  '/gateway/api/backTransReq.do': refund,
  '/': bill,
};

const unknownOrder = { respCode: '34', respMsg: '查无此交易[2600000]' };
const found = { respCode: '00', respMsg: '成功[0000000]' };

function query({ orderId = '', txnTime }: Fields, mood: Mood, { parts }: Office): Fields {
  const trade = parts.books.find(orderId);
  if (trade) {
    // An order that nobody has paid is not there for UnionPay.
    if (trade.extra.txnTime !== txnTime || trade.status !== 'paid') return unknownOrder;
    const { respCode, respMsg, ...payment } = paymentFields(trade);
    const lie = { origRespCode: '05', origRespMsg: '交易已受理，请稍后查询交易结果' };
    return { ...payment, ...found, ...(mood.disagree ? lie : { origRespCode: '00', origRespMsg: '成功' }) };
  }
  const owner = parts.books.findWhere(({ refunds }) => refunds.some((each) => each.refundNo === orderId));
  const each = owner?.refunds.find(({ refundNo }) => refundNo === orderId);
  if (!owner || !each || owner.extra[`time ${orderId}`] !== txnTime) return unknownOrder;
  const { respCode, respMsg, ...refunded } = refundFields(owner, each);
  const origRespCode = each.status === 'processing' ? '05' : respCode;
  return { ...refunded, ...found, origRespCode: origRespCode ?? '', origRespMsg: respMsg ?? '' };
}

function refund(fields: Fields, _mood: Mood, { parts }: Office): Fields {
  const { orderId = '', txnTime = '', origQryId, txnAmt = '', backUrl = '' } = fields;
  if (fields.txnType !== '04' || !orderNumber.test(orderId)) return { respCode: '10', respMsg: '报文格式错误' };
  const trade = parts.books.findWhere(({ tradeNo }) => tradeNo === origQryId);
  if (trade?.status !== 'paid') return { respCode: '35', respMsg: '原始交易不存在或状态不正确' };
  if (trade.refunds.some(({ refundNo }) => refundNo === orderId)) return { respCode: '12', respMsg: '重复交易' };
  const answer = parts.books.refund(trade, { refundNo: orderId, amountMinor: Number(txnAmt), status: 'processing' });
  if (answer.kind !== 'taken') return { respCode: '36', respMsg: '与原始交易信息不符' };
  trade.extra[`time ${orderId}`] = txnTime;
  trade.extra[`notify ${orderId}`] = backUrl;
  finishLater(trade, orderId, parts);
  return { ...found, queryId: answer.refund.reference, origQryId: trade.tradeNo };
}

function finishLater(trade: GatewayTrade, refundNo: string, { announce }: GatewayParts): void {
  setTimeout(() => {
    const each = trade.refunds.find((one) => one.refundNo === refundNo);
    if (!each) return;
    each.status = 'succeeded';
    announce({ kind: 'refunded', trade, refund: each });
  }, refundAfterMs).unref();
}

function bill({ txnType, settleDate = '', txnTime = '' }: Fields, _mood: Mood, { parts }: Office): Fields {
  if (txnType !== '76') return { respCode: '10', respMsg: '报文格式错误' };
  const year = Number(txnTime.slice(0, 4)) - (settleDate.slice(0, 2) > txnTime.slice(4, 6) ? 1 : 0);
  const file = billFile(parts.books, `${year}-${settleDate.slice(0, 2)}-${settleDate.slice(2)}`);
  if (!file) return { respCode: '98', respMsg: '文件不存在' };
  return { ...found, fileName: file.name, fileContent: file.content };
}
