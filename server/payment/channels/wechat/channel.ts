/** WeChat Pay (微信支付), API v3: native, H5 and JSAPI, with the public key or platform certificates. */
import type { AttemptRef, Channel, CloseResult, ProbeResult, QueryResult, RefundResult } from '../../channel.ts';
import type { ChannelKind, ChannelParts } from '../../channel-kind.ts';
import { privateKeyOf } from '../../wire/rsa.ts';
import { fetchBill } from './bill.ts';
import { type WechatClient, wechatClient } from './call.ts';
import { create } from './create.ts';
import { verifyNotify } from './notify.ts';
import { queryRefund, refund } from './refund.ts';
import { type WechatSettings, wechatSettings } from './settings.ts';
import { type Known, readPayment } from './transaction.ts';

export const wechat: ChannelKind = {
  kind: 'wechat',
  names: { zh: '微信支付', en: 'WeChat Pay' },
  help: {
    zh: '官方直连（APIv3）。在微信支付商户平台的“账户中心 → API 安全”取得证书、密钥和微信支付公钥。',
    en: 'Directly with WeChat Pay (API v3). Certificate, keys and public key are in the merchant platform, under API security.',
  },
  settings: wechatSettings,
  open: (settings, parts) => openWechat(settings as WechatSettings, parts),
};

/** WeChat refuses to close what is younger than this. */
const closableAfterMs = 5 * 60_000;

function openWechat(settings: WechatSettings, parts: ChannelParts): Channel {
  const { clock, http, code, notifyUrl } = parts;
  const { mchid, appid, apiV3Key } = settings;
  const privateKey = privateKeyOf(settings.privateKey, 'privateKey');
  const client = wechatClient({ settings, privateKey, clock, http });
  const known = { code, mchid, appid };
  const json = 'application/json; charset=utf-8';
  return {
    code,
    kind: 'wechat',
    name: parts.name ?? wechat.names,
    currencies: ['CNY'],
    sandbox: false,
    merchant: mchid,
    lateMs: 5 * 60_000,
    acknowledge: {
      success: { status: 200, contentType: json, body: '{"code":"SUCCESS","message":"成功"}' },
      failure: { status: 400, contentType: json, body: '{"code":"FAIL","message":"失败"}' },
    },
    create: (attempt) => create(attempt, { settings, privateKey, client, parts }),
    verify: (request) => verifyNotify(request, { ...known, apiV3Key, keys: client.keys, nowMs: clock.now() }),
    query: (attempt) => query(attempt, client, known),
    close: async (attempt) =>
      clock.now() - attempt.createdAt < closableAfterMs ? { kind: 'not-supported' } : close(attempt, client, known),
    refund: async (order): Promise<RefundResult> => {
      const result = await refund(client, order, notifyUrl);
      return result.kind === 'not-found' ? { kind: 'unknown', reason: 'the refund is not found' } : result;
    },
    queryRefund: (order) => queryRefund(client, order),
    bill: { dayOffsetMinutes: 480, readyAfterMs: 10 * 3_600_000, fetch: (date) => fetchBill(date, client) },
    probe: () => probe(client, mchid),
  };
}

async function query({ outTradeNo }: AttemptRef, client: WechatClient, known: Known): Promise<QueryResult> {
  const answer = await client.call('GET', `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${known.mchid}`);
  if (answer.kind === 'unknown') return answer;
  if (answer.kind === 'refused') {
    if (answer.status === 404) return { kind: 'not-found' };
    return { kind: 'unknown', reason: `${answer.code} ${answer.message}` };
  }
  const { body, raw } = answer;
  if (body.out_trade_no !== outTradeNo) return { kind: 'unknown', reason: 'the answer is about another trade' };
  switch (body.trade_state) {
    case 'NOTPAY':
    case 'USERPAYING':
    case 'PAYERROR':
      return { kind: 'unpaid' };
    case 'CLOSED':
    case 'REVOKED':
      return { kind: 'closed' };
    case 'SUCCESS':
    case 'REFUND': {
      const payment = readPayment(body, known, 'query', raw);
      if (typeof payment === 'string') return { kind: 'unknown', reason: payment };
      if (body.trade_state === 'SUCCESS') return { kind: 'paid', payment };
      // How much went back is not said here.
      return { kind: 'refunded', payment, refundedMinor: null };
    }
    default:
      return { kind: 'unknown', reason: `trade_state ${String(body.trade_state)}` };
  }
}

async function close(attempt: AttemptRef, client: WechatClient, known: Known): Promise<CloseResult> {
  const { outTradeNo } = attempt;
  const answer = await client.call('POST', `/v3/pay/transactions/out-trade-no/${outTradeNo}/close`, {
    mchid: known.mchid,
  });
  if (answer.kind === 'unknown') return answer;
  if (answer.kind === 'done') return { kind: 'closed' };
  if (answer.status === 404) return { kind: 'not-found' };
  // A refusal is not signed. What it says (paid, closed before) is believed when a query says it too.
  const after = await query(attempt, client, known);
  if (after.kind === 'closed') return { kind: 'closed' };
  if (after.kind === 'paid' || after.kind === 'refunded') return { kind: 'paid' };
  return { kind: 'unknown', reason: `${answer.code} ${answer.message}` };
}

/** A trade that never was must not be found; that it is asked for with the right keys shows the answer. */
async function probe(client: WechatClient, mchid: string): Promise<ProbeResult> {
  const answer = await client.call('GET', `/v3/pay/transactions/out-trade-no/CARDWELLPROBE?mchid=${mchid}`);
  if (answer.kind === 'refused' && answer.status === 404) return { kind: 'healthy' };
  if (answer.kind === 'done') return { kind: 'failing', reason: 'an answer that cannot be' };
  return { kind: 'failing', reason: answer.kind === 'unknown' ? answer.reason : `${answer.code} ${answer.message}` };
}
