/** BEpusdt: create-transaction, cancel-transaction, check-status, and callbacks in every state of an order. */
import type { GatewayTrade } from '../books.ts';
import {
  exponentPrinter,
  forgeToken,
  matched,
  post,
  reply,
  sign,
  transactionHash,
  type Values,
} from '../epusdt/token-message.ts';
import type { GatewayDefinition, GatewayParts, GatewayReply, GatewayRequest } from '../gateway.ts';

const token = 'simulated-bepusdt-auth-token';

export const bepusdtGateway: GatewayDefinition = {
  kind: 'bepusdt',
  // 2, 4, 8 and so on minutes, ten times.
  retryDelaysMs: Array.from({ length: 10 }, (_, tries) => 2 ** (tries + 1) * 60_000),
  has: {
    close: true,
    refund: false,
    refundMessage: false,
    signedAnswers: false,
    bill: false,
    otherAmounts: false,
    rotation: false,
  },
  open: (parts) => ({
    settings: { gateway: parts.baseUrl, token, tradeType: 'usdt.trc20', lockMinutes: 10 },
    handle: (request, mood) => handle(parts, request, mood.disagree),
    message: ({ kind, trade }) => {
      if (kind === 'closed') return send(trade, 3);
      return kind === 'paid' && matched(trade) ? send(trade, 2) : undefined;
    },
    acknowledged: ({ status, body }) => status === 200 && body === 'ok',
    forge: (name, trade, other) =>
      forgeToken(name, { trade, other, values: (one) => notice(one, 2), token, print: exponentPrinter }),
  }),
};

const send = (trade: GatewayTrade, status: number) =>
  post(trade.notifyUrl, notice(trade, status), token, exponentPrinter);

function notice(trade: GatewayTrade, status: number): Values {
  return {
    trade_id: trade.tradeNo,
    order_id: trade.outTradeNo,
    amount: trade.amountMinor / 100,
    actual_amount: trade.extra.coins,
    token: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
    // Until there is a transaction it repeats its own number.
    block_transaction_id: status === 2 ? transactionHash(trade) : trade.tradeNo,
    status,
  };
}

function handle(parts: GatewayParts, request: GatewayRequest, disagree: boolean): GatewayReply | undefined {
  const [, asked] = /^\/pay\/check-status\/([^/]+)$/.exec(request.path) ?? [];
  if (asked) return state(parts, asked, disagree);
  const [, what] = /^\/api\/v1\/order\/(create|cancel)-transaction$/.exec(request.path) ?? [];
  if (!what || request.method !== 'POST') return undefined;
  const values = JSON.parse(request.body.toString()) as Record<string, string | number>;
  if (sign(values, token, exponentPrinter) !== values.signature) return reply(400, { error: '签名错误' });
  return what === 'create' ? create(parts, values) : cancel(parts, String(values.trade_id));
}

function state(parts: GatewayParts, tradeNo: string, disagree: boolean): GatewayReply {
  const trade = parts.books.findWhere((one) => one.tradeNo === tradeNo);
  if (!trade) return fail('订单不存在');
  const paid = matched(trade) && !disagree;
  const status = paid ? 2 : trade.status === 'closed' ? 4 : 1;
  return reply(200, {
    trade_id: tradeNo,
    trade_hash: paid ? transactionHash(trade) : tradeNo,
    status,
    return_url: paid ? trade.returnUrl : '',
  });
}

function create(parts: GatewayParts, values: Record<string, string | number>): GatewayReply {
  const { order_id: outTradeNo, amount, notify_url, redirect_url, timeout } = values;
  for (const name of ['order_id', 'amount', 'notify_url', 'redirect_url']) {
    if (values[name] === undefined) return fail(`参数 ${name} 不存在`);
  }
  const known = parts.books.find(String(outTradeNo));
  const trade =
    known ??
    parts.books.open({
      outTradeNo: String(outTradeNo),
      amountMinor: Math.round(Number(amount) * 100),
      currency: 'CNY',
      notifyUrl: String(notify_url),
      returnUrl: String(redirect_url),
      expiresAt: parts.now() + Number(timeout) * 1000,
      extra: { coins: (Number(amount) / 7).toFixed(2) },
    });
  // Every minute while it waits, outside the schedule of payments; once is enough to show that it is no payment.
  if (!known) tellWaiting(trade);
  return ok({
    trade_id: trade.tradeNo,
    order_id: trade.outTradeNo,
    status: 1,
    amount: trade.amountMinor / 100,
    actual_amount: trade.extra.coins,
    token: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
    expiration_time: Number(timeout),
    payment_url: parts.payPage(trade.outTradeNo),
  });
}

function tellWaiting(trade: GatewayTrade): void {
  const { url, method, headers, body } = send(trade, 1);
  fetch(url, { method, headers, body: body as string, signal: AbortSignal.timeout(5000) }).then(
    (answer) => answer.body?.cancel(),
    () => undefined,
  );
}

function cancel(parts: GatewayParts, tradeNo: string): GatewayReply {
  const trade = parts.books.findWhere((one) => one.tradeNo === tradeNo);
  if (!trade) return fail('订单不存在');
  if (trade.status !== 'waiting') return fail(`当前订单(${tradeNo})状态不允许取消`);
  parts.books.close(trade);
  return ok({ trade_id: tradeNo });
}

const ok = (data: unknown) => reply(200, { status_code: 200, message: 'success', data, request_id: '' });
const fail = (message: string) => reply(200, { status_code: 400, message });
