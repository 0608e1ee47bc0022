/** epusdt by its GMPay path: create-transaction, check-status, a JSON callback when the chain has confirmed. */
import type { GatewayTrade } from '../books.ts';
import type { GatewayDefinition, GatewayParts, GatewayReply, GatewayRequest } from '../gateway.ts';
import { fixedPrinter, forgeToken, matched, post, reply, sign, transactionHash, type Values } from './token-message.ts';

const token = 'simulated-epusdt-secret-key';
const pid = '1000';
const createPath = '/payments/gmpay/v1/order/create-transaction';

export const epusdtGateway: GatewayDefinition = {
  kind: 'epusdt',
  // From 5 s on doubling to 5 minutes, five times in all: its defaults.
  retryDelaysMs: [5, 10, 20, 40, 80].map((seconds) => seconds * 1000),
  has: {
    close: false,
    refund: false,
    refundMessage: false,
    signedAnswers: false,
    bill: false,
    otherAmounts: false,
    rotation: false,
  },
  open: (parts) => ({
    settings: {
      gateway: parts.baseUrl,
      token,
      pid,
      currency: 'CNY',
      coin: 'usdt',
      network: 'tron',
      lockMinutes: 10,
    },
    handle: (request, mood) => handle(parts, request, mood.disagree),
    message: ({ kind, trade }) =>
      kind === 'paid' && matched(trade) ? post(trade.notifyUrl, notice(trade), token, fixedPrinter) : undefined,
    acknowledged: ({ status, body }) => status === 200 && body === 'ok',
    forge: (name, trade, other) => forgeToken(name, { trade, other, values: notice, token, print: fixedPrinter }),
  }),
};

function notice(trade: GatewayTrade): Values {
  return {
    pid,
    trade_id: trade.tradeNo,
    order_id: trade.outTradeNo,
    amount: trade.amountMinor / 100,
    actual_amount: Number(trade.extra.coins),
    receive_address: 'TNEns8t9jbWENbStkQdVQtHMGpbsYsQjZK',
    token: 'USDT',
    block_transaction_id: transactionHash(trade),
    status: 2,
  };
}

function handle(parts: GatewayParts, request: GatewayRequest, disagree: boolean): GatewayReply | undefined {
  const [, tradeNo] = /^\/pay\/check-status\/([^/]+)$/.exec(request.path) ?? [];
  if (tradeNo) {
    const trade = parts.books.findWhere((one) => one.tradeNo === tradeNo);
    if (!trade) return fail(10008, 'order does not exist');
    return ok({ trade_id: tradeNo, status: matched(trade) && !disagree ? 2 : 1 });
  }
  if (request.path !== createPath || request.method !== 'POST') return undefined;
  const values = JSON.parse(request.body.toString()) as Record<string, string | number>;
  if (values.pid !== pid || sign(values, token, fixedPrinter) !== values.signature) {
    return fail(401, 'signature verification failed');
  }
  return create(parts, values);
}

function create(parts: GatewayParts, values: Record<string, string | number>): GatewayReply {
  const { order_id: outTradeNo, amount, notify_url, redirect_url, currency, network, token: coin, name } = values;
  if (typeof outTradeNo !== 'string' || outTradeNo === '' || outTradeNo.length > 32) {
    return fail(400, 'OrderId is not valid');
  }
  if (!currency || !network || !coin || !notify_url) return fail(400, 'a field is required');
  if (typeof amount !== 'number' || amount <= 0.01) return fail(10004, 'invalid payment amount');
  if (parts.books.find(outTradeNo)) return fail(10002, 'order already exists');
  const coins = (amount / 7).toFixed(4);
  const trade = parts.books.open({
    outTradeNo,
    amountMinor: Math.round(amount * 100),
    currency: String(currency).toUpperCase(),
    notifyUrl: String(notify_url),
    returnUrl: String(redirect_url ?? ''),
    subject: String(name ?? ''),
    expiresAt: parts.now() + 600_000,
    extra: { coins },
  });
  return ok({
    trade_id: trade.tradeNo,
    order_id: outTradeNo,
    amount,
    currency: trade.currency,
    actual_amount: Number(coins),
    receive_address: 'TNEns8t9jbWENbStkQdVQtHMGpbsYsQjZK',
    token: String(coin).toUpperCase(),
    expiration_time: Math.floor((trade.expiresAt ?? 0) / 1000),
    payment_url: parts.payPage(outTradeNo),
  });
}

const ok = (data: unknown) => reply(200, { status_code: 200, message: 'success', data, request_id: '' });
const fail = (code: number, message: string) => reply(200, { status_code: code, message, data: null, request_id: '' });
