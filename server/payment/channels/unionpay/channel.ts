/** UnionPay (银联), ACP 5.1.0: the gateway for computers and the one for phones. */
import type { Attempt, AttemptRef, Channel, CreateResult, ProbeResult, QueryResult } from '../../channel.ts';
import type { ChannelKind, ChannelParts } from '../../channel-kind.ts';
import { chinaCompact } from '../../wire/china-time.ts';
import { fetchBill } from './bill.ts';
import { type UnionpayClient, unionpayClient } from './call.ts';
import { readPayment, succeeded, verifyNotify } from './notify.ts';
import { queryRefund, refund } from './refund.ts';
import { type UnionpaySettings, unionpayKeys, unionpaySettings } from './settings.ts';

export const unionpay: ChannelKind = {
  kind: 'unionpay',
  names: { zh: '银联在线支付', en: 'UnionPay' },
  help: {
    zh: '官方直连（全渠道 5.1.0，网关支付与手机网页支付）。商户代码和证书由银联或收单机构下发。',
    en: 'Directly with UnionPay (ACP 5.1.0, gateway and phone page). Merchant number and certificates come from UnionPay or your acquirer.',
  },
  settings: unionpaySettings,
  open: (settings, parts) => openUnionpay(settings as UnionpaySettings, parts),
};

/** UnionPay knows a payment by order and time of the order: both come from our record of the attempt. */
const orderOf = ({ outTradeNo, createdAt }: { outTradeNo: string; createdAt: number }) => ({
  orderId: outTradeNo,
  txnTime: chinaCompact(createdAt),
});

function openUnionpay(settings: UnionpaySettings, parts: ChannelParts): Channel {
  const { clock, http, code, notifyUrl } = parts;
  const { merId, gatewayUrl, fileUrl } = settings;
  const client = unionpayClient({ settings, keys: unionpayKeys(settings), clock, http });
  const back = { client, gatewayUrl, notifyUrl };
  const says = (status: number, body: string) => ({ status, contentType: 'text/plain; charset=utf-8', body });
  return {
    code,
    kind: 'unionpay',
    name: parts.name ?? unionpay.names,
    currencies: ['CNY'],
    sandbox: false,
    merchant: merId,
    lateMs: 5 * 60_000,
    // Any 200 ends its tries, any other status does not.
    acknowledge: { success: says(200, 'ok'), failure: says(400, 'fail') },
    create: (attempt) => create(attempt, client, settings, parts),
    verify: (request) => verifyNotify(request, { code, trust: client.trust, nowMs: clock.now() }),
    query: (attempt) => query(attempt, client, gatewayUrl, code),
    close: async () => ({ kind: 'not-supported' }),
    refund: (order) => refund(order, back),
    queryRefund: (order) => queryRefund(order, back),
    bill: {
      // Its day of settlement begins at 23:00 in China.
      dayOffsetMinutes: 540,
      readyAfterMs: 11 * 3_600_000,
      fetch: (date) => fetchBill(date, { client, fileUrl, merId, nowMs: clock.now() }),
    },
    probe: () => probe(client, gatewayUrl, clock.now()),
  };
}

/** A form that the payer's browser sends; nothing is asked here. */
async function create(
  attempt: Attempt,
  client: UnionpayClient,
  { gatewayUrl }: UnionpaySettings,
  parts: ChannelParts,
): Promise<CreateResult> {
  const fields = await client.request({
    txnType: '01',
    txnSubType: '01',
    bizType: '000201',
    channelType: attempt.device === 'pc' ? '07' : '08',
    ...orderOf(attempt),
    txnAmt: String(attempt.amountMinor),
    currencyCode: '156',
    orderDesc: attempt.subject.replace(/[^\p{L}\p{N} ]/gu, ' ').slice(0, 30) || '-',
    payTimeout: chinaCompact(attempt.expiresAt),
    frontUrl: parts.returnUrl(attempt.outTradeNo),
    backUrl: parts.notifyUrl,
  });
  const url = `${gatewayUrl}/gateway/api/frontTransReq.do`;
  return { kind: 'created', action: { type: 'form', url, fields: { ...fields } } };
}

async function query(
  attempt: AttemptRef,
  client: UnionpayClient,
  gatewayUrl: string,
  code: string,
): Promise<QueryResult> {
  const fields = { txnType: '00', txnSubType: '00', bizType: '000000', ...orderOf(attempt) };
  const answer = await client.send(`${gatewayUrl}/gateway/api/queryTrans.do`, fields);
  if (typeof answer === 'string') return { kind: 'unknown', reason: answer };
  // `respCode` is about the question, `origRespCode` about the payment.
  if (answer.respCode === '34') return { kind: 'not-found' };
  if (answer.respCode !== '00') return { kind: 'unknown', reason: `${answer.respCode} ${answer.respMsg}` };
  if (answer.orderId !== attempt.outTradeNo || answer.txnTime !== fields.txnTime) {
    return { kind: 'unknown', reason: 'the answer is about another order' };
  }
  if (!answer.origRespCode) return { kind: 'unknown', reason: 'an answer without origRespCode' };
  // Not decided yet; or a card was refused, and the payer may still try another one.
  if (!succeeded(answer.origRespCode)) return { kind: 'unpaid' };
  const { signPubKeyCert: _certificate, ...record } = answer;
  const payment = readPayment(answer, code, 'query', JSON.stringify(record));
  return typeof payment === 'string' ? { kind: 'unknown', reason: payment } : { kind: 'paid', payment };
}

/** An order that never was must not be found; that UnionPay says so, signed, shows that address and keys are right. */
async function probe(client: UnionpayClient, gatewayUrl: string, nowMs: number): Promise<ProbeResult> {
  const order = orderOf({ outTradeNo: 'CARDWELLPROBE', createdAt: nowMs });
  const fields = { txnType: '00', txnSubType: '00', bizType: '000000', ...order };
  const answer = await client.send(`${gatewayUrl}/gateway/api/queryTrans.do`, fields);
  if (typeof answer === 'string') return { kind: 'failing', reason: answer };
  if (answer.respCode === '34') return { kind: 'healthy' };
  return { kind: 'failing', reason: `${answer.respCode} ${answer.respMsg}` };
}
