/** 易支付, version 2: everything signed by RSA, answers too; /api/pay/{submit,create,query,refund,refundquery,close}. */
import { createSign, createVerify } from 'node:crypto';
import type { GatewayRefund, GatewayTrade } from '../books.ts';
import { forgeEpay } from '../epay/forge.ts';
import { fen, get, json, notice, openTrade, pid, yuan } from '../epay/gateway.ts';
import type { GatewayDefinition, GatewayParts, GatewayReply, GatewayRequest, Mood } from '../gateway.ts';
import { type RsaPair, rsaPair } from '../rsa-pair.ts';

const minuteMs = 60_000;

export const epayV2Gateway: GatewayDefinition = {
  kind: 'epay-v2',
  retryDelaysMs: [1, 2, 16, 36, 60].map((minutes) => minutes * minuteMs),
  has: {
    close: true,
    refund: true,
    refundMessage: false,
    signedAnswers: true,
    bill: false,
    otherAmounts: true,
    rotation: false,
  },
  async open(parts) {
    const [merchant, platform, stranger] = await Promise.all([rsaPair(), rsaPair(), rsaPair()]);
    const keys: Keys = { merchant, platform, stranger };
    const signed = (values: Record<string, string>, privateKey: string) =>
      sign({ timestamp: seconds(parts.now()), ...values }, privateKey);
    return {
      settings: {
        gateway: parts.baseUrl,
        pid,
        type: 'alipay',
        merchantPrivateKey: merchant.privateKey,
        platformPublicKey: platform.publicKey,
        mode: 'create',
      },
      handle: (request, mood) => handle(parts, keys, request, mood),
      message: ({ kind, trade }) =>
        kind === 'paid' ? get(trade, signed(notice(trade), platform.privateKey)) : undefined,
      acknowledged: ({ status, body }) => status === 200 && body.toLowerCase().includes('success'),
      forge: (name, trade, other) =>
        forgeEpay({
          name,
          trade,
          other,
          fields: notice,
          // Another merchant of the same network would need the network's key; a stranger has one of their own.
          sign: (values, key) => signed(values, key === platform.privateKey ? key : stranger.privateKey),
          key: platform.privateKey,
          expired: { timestamp: seconds(parts.now() - 3_600_000) },
        }),
    };
  },
};

interface Keys {
  merchant: RsaPair;
  platform: RsaPair;
  stranger: RsaPair;
}

const seconds = (ms: number): string => Math.floor(ms / 1000).toString();

function signText(params: URLSearchParams): string {
  return [...params]
    .filter(([name, value]) => name !== 'sign' && name !== 'sign_type' && value.trim() !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');
}

function sign(values: Record<string, string>, privateKey: string): URLSearchParams {
  const params = new URLSearchParams(values);
  params.set('sign', createSign('RSA-SHA256').update(signText(params)).sign(privateKey, 'base64'));
  params.set('sign_type', 'RSA');
  return params;
}

function handle(parts: GatewayParts, keys: Keys, request: GatewayRequest, mood: Mood): GatewayReply | undefined {
  const [, path] =
    /^\/api\/(pay\/(?:submit|create|query|refund|refundquery|close)|merchant\/info)$/.exec(request.path) ?? [];
  if (!path) return undefined;
  const given = request.method === 'POST' ? new URLSearchParams(request.body.toString()) : request.query;
  const wrong = whyWrong(parts, keys, given);
  if (path === 'pay/submit') {
    if (wrong) return { status: 400, body: wrong };
    return { status: 302, headers: { location: parts.payPage(openTrade(parts, given).outTradeNo) }, body: '' };
  }
  if (wrong) return json({ code: -1, msg: wrong });
  const values = answer(parts, path, given, mood.disagree);
  // Errors go out unsigned.
  if (values.code !== '0') return json({ ...values, code: Number(values.code) });
  const { privateKey } = mood.wrongSignature ? keys.stranger : keys.platform;
  const signed = Object.fromEntries(sign({ ...values, timestamp: seconds(parts.now()) }, privateKey));
  return json({ ...signed, code: 0 });
}

function whyWrong(parts: GatewayParts, keys: Keys, given: URLSearchParams): string | undefined {
  if (given.get('pid') !== pid) return '商户不存在';
  if (given.get('sign_type') !== 'RSA') return '签名类型错误';
  if (Math.abs(parts.now() / 1000 - Number(given.get('timestamp'))) > 300) return '时间戳字段验证失败';
  const proved = createVerify('RSA-SHA256')
    .update(signText(given))
    .verify(keys.merchant.publicKey, given.get('sign') ?? '', 'base64');
  return proved ? undefined : 'RSA签名校验失败';
}

function answer(parts: GatewayParts, path: string, given: URLSearchParams, disagree: boolean): Record<string, string> {
  const text = (name: string) => given.get(name) ?? '';
  if (path === 'merchant/info') return { code: '0', msg: 'success', pid, status: '1', money: '0.00' };
  if (path === 'pay/create') return create(parts, given);
  if (path === 'pay/refundquery') {
    for (const trade of parts.books.all()) {
      const refund = trade.refunds.find((one) => one.refundNo === text('out_refund_no'));
      if (refund) return { ...refundFields(trade, refund), status: refund.status === 'succeeded' ? '1' : '0' };
    }
    return { code: '-1', msg: '退款单不存在' };
  }
  const trade = parts.books.findWhere(
    (one) => one.outTradeNo === text('out_trade_no') || one.tradeNo === text('trade_no'),
  );
  if (!trade) return { code: '-1', msg: '订单不存在' };
  if (path === 'pay/query') return state(trade, disagree);
  if (path === 'pay/close') {
    return parts.books.close(trade) ? { code: '0', msg: '关闭成功' } : { code: '-1', msg: '订单状态不是未支付' };
  }
  if (trade.refunds.some((one) => one.refundNo === text('out_refund_no'))) {
    return { code: '-1', msg: '商户退款单号重复' };
  }
  const refunded = parts.books.refund(trade, { refundNo: text('out_refund_no'), amountMinor: fen(text('money')) });
  return refunded.kind === 'taken' ? refundFields(trade, refunded.refund) : { code: '-1', msg: '退款金额大于订单金额' };
}

function create(parts: GatewayParts, given: URLSearchParams): Record<string, string> {
  for (const name of ['type', 'out_trade_no', 'notify_url', 'return_url', 'name', 'money', 'clientip', 'method']) {
    if (!given.get(name)) return { code: '-1', msg: `${name}不能为空` };
  }
  const trade = openTrade(parts, given);
  const qr = given.get('device') === 'pc';
  const page = parts.payPage(trade.outTradeNo);
  return { code: '0', trade_no: trade.tradeNo, pay_type: qr ? 'qrcode' : 'jump', pay_info: page };
}

function state(trade: GatewayTrade, disagree: boolean): Record<string, string> {
  const paid = trade.status === 'paid' && !disagree;
  const back = trade.refunds.filter((one) => one.status === 'succeeded').reduce((sum, one) => sum + one.amountMinor, 0);
  return {
    code: '0',
    trade_no: trade.tradeNo,
    out_trade_no: trade.outTradeNo,
    type: trade.extra.type ?? '',
    pid,
    name: trade.subject,
    money: yuan(paid ? trade.paidMinor : trade.amountMinor),
    refundmoney: back > 0 ? yuan(back) : '',
    status: paid ? (back > 0 ? '2' : '1') : '0',
  };
}

function refundFields(trade: GatewayTrade, refund: GatewayRefund): Record<string, string> {
  return {
    code: '0',
    msg: '退款成功',
    refund_no: refund.reference,
    out_refund_no: refund.refundNo,
    trade_no: trade.tradeNo,
    money: yuan(refund.amountMinor),
    reducemoney: yuan(refund.amountMinor),
  };
}
