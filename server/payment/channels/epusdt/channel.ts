/**
 * epusdt, a USDT gateway that shops run themselves, by its GMPay path. It cannot close an order or send money back, and it
 * tells payments apart by their amount alone.
 */
import type { Attempt, AttemptRef, Channel, ProbeResult, QueryResult } from '../../channel.ts';
import type { ChannelKind, ChannelParts } from '../../channel-kind.ts';
import { trustedAddress } from '../../wire/gateway-address.ts';
import { type EpusdtSettings, epusdtSettings } from './settings.ts';
import { amountNumber, createOrder, getPlain, postSigned, type TokenCaller } from './token-call.ts';
import { orderStatus, plainNumber, type TokenGateway, verifyTokenCallback } from './wire.ts';

const answer = (status: number, body: string) => ({ status, contentType: 'text/plain; charset=utf-8', body });
export const tokenAcknowledge = { success: answer(200, 'ok'), failure: answer(400, 'fail') };

/** Blocks are confirmed and callbacks repeated for a while after the time to pay is over. */
export const confirmedWithinMs = 20 * 60_000;

const createPath = '/payments/gmpay/v1/order/create-transaction';
const wrongSignature = 401;
/** There already, not awaited any more; the amount. */
const refusedCodes = [10002, 10004, 10010, 10013];
const noSuchOrder = 10008;

export const epusdtKind: ChannelKind = {
  kind: 'epusdt',
  names: { zh: 'USDT（epusdt）', en: 'USDT (epusdt)' },
  help: {
    zh: '自建的 epusdt 网关（GMPay 接口）。密钥为网关的 api_auth_token 或商户 secret_key。不支持自动退款。',
    en: "Your own epusdt gateway (GMPay interface). The key is its api_auth_token or the merchant's secret_key. It cannot refund.",
  },
  settings: epusdtSettings,
  open: (settings, parts) => epusdtChannel(settings as EpusdtSettings, parts),
};

interface Epusdt extends EpusdtSettings {
  parts: ChannelParts;
  caller: TokenCaller;
  merchant: string;
}

function epusdtChannel(settings: EpusdtSettings, parts: ChannelParts): Channel {
  const { token, pid, currency, lockMinutes } = settings;
  const gateway = trustedAddress(settings.gateway, 'gateway');
  const caller: TokenCaller = { gateway, token, currency, writeNumber: plainNumber, http: parts.http };
  const merchant = pid ?? 'epusdt';
  const epusdt: Epusdt = { ...settings, parts, caller, merchant };
  const lockMs = lockMinutes * 60_000;
  const callback: TokenGateway = {
    code: parts.code,
    token,
    pid,
    merchant,
    currency,
    writeNumber: plainNumber,
    // Asked about an order, this gateway names no transaction. It takes each transaction once itself.
    tradeNoField: 'trade_id',
    matchedWithinMs: lockMs + confirmedWithinMs,
  };
  return {
    code: parts.code,
    kind: epusdtKind.kind,
    name: parts.name ?? epusdtKind.names,
    currencies: [currency],
    sandbox: false,
    merchant,
    lateMs: lockMs,
    acknowledge: tokenAcknowledge,
    create: (attempt) => createOrder(caller, createPath, attempt, orderValues(epusdt, attempt), refusedCodes),
    verify: (request) => verifyTokenCallback(request, callback),
    query: (attempt) => query(epusdt, attempt, callback.matchedWithinMs),
    close: async () => ({ kind: 'not-supported' }),
    refund: async () => ({ kind: 'by-hand', reason: 'coins are sent back from a wallet, by a person' }),
    probe: () => probe(epusdt),
  };
}

function orderValues(epusdt: Epusdt, attempt: Attempt): Record<string, string | number> {
  const { pid, coin, network, currency, parts } = epusdt;
  return {
    ...(pid === undefined ? {} : { pid }),
    order_id: attempt.outTradeNo,
    currency: currency.toLowerCase(),
    token: coin,
    network,
    amount: amountNumber(attempt),
    notify_url: parts.notifyUrl,
    redirect_url: parts.returnUrl(attempt.outTradeNo),
    name: attempt.subject,
  };
}

/** The gateway tells the state and nothing else; the amount is the one it was asked for, as it takes no other. */
async function query(epusdt: Epusdt, attempt: AttemptRef, matchedWithinMs: number): Promise<QueryResult> {
  // Without its number nobody can be asked: the payer was never shown a page either.
  if (attempt.reference === null) return { kind: 'not-found' };
  const reply = await getPlain(epusdt.caller, `/pay/check-status/${encodeURIComponent(attempt.reference)}`);
  if (typeof reply === 'string') return { kind: 'unknown', reason: reply };
  if (reply.code === noSuchOrder) return { kind: 'not-found' };
  if (reply.code !== 200) return { kind: 'unknown', reason: `${reply.message} (${reply.code})` };
  const { trade_id, status } = reply.data;
  if (trade_id !== attempt.reference) return { kind: 'unknown', reason: 'the answer is about another order' };
  if (status === orderStatus.waiting) return { kind: 'unpaid' };
  if (status === orderStatus.expired) return { kind: 'closed' };
  if (status !== orderStatus.paid) return { kind: 'unknown', reason: `status ${String(status).slice(0, 20)}` };
  const payment = {
    channel: epusdt.parts.code,
    tradeNo: attempt.reference,
    outTradeNo: attempt.outTradeNo,
    amountMinor: attempt.amountMinor,
    currency: attempt.currency,
    merchant: epusdt.merchant,
    paidAt: null,
    source: 'query',
    raw: JSON.stringify(reply.body),
    matchedWithinMs,
  } as const;
  return { kind: 'paid', payment };
}

/** A signed request that names no order: a gateway that knows our key finds fault with the order, not with the key. */
async function probe({ caller, pid }: Epusdt): Promise<ProbeResult> {
  const reply = await postSigned(caller, createPath, { ...(pid === undefined ? {} : { pid }), order_id: '' });
  if (typeof reply === 'string') return { kind: 'failing', reason: reply };
  if (reply.code === wrongSignature) return { kind: 'failing', reason: `${reply.message} (${reply.code})` };
  return reply.code < 500 ? { kind: 'healthy' } : { kind: 'failing', reason: `${reply.message} (${reply.code})` };
}
