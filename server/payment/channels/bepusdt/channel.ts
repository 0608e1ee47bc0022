/**
 * BEpusdt, a USDT gateway that shops run themselves. It can cancel an order, calls back in every state (only status 2 is
 * money), and names the transaction: one that it gives to two orders is found out by its number.
 */
import type { Attempt, AttemptRef, Channel, CloseResult, ProbeResult, QueryResult } from '../../channel.ts';
import type { ChannelKind, ChannelParts } from '../../channel-kind.ts';
import { trustedAddress } from '../../wire/gateway-address.ts';
import { confirmedWithinMs, tokenAcknowledge } from '../epusdt/channel.ts';
import { amountNumber, createOrder, getPlain, postSigned, type TokenCaller } from '../epusdt/token-call.ts';
import { goNumber, orderStatus, recordedNumber, type TokenGateway, verifyTokenCallback } from '../epusdt/wire.ts';
import { type BepusdtSettings, bepusdtSettings } from './settings.ts';

const createPath = '/api/v1/order/create-transaction';
const cancelPath = '/api/v1/order/cancel-transaction';
/** The gateway has one account, and one currency for prices. */
const merchant = 'bepusdt';
const currency = 'CNY';

export const bepusdtKind: ChannelKind = {
  kind: 'bepusdt',
  names: { zh: 'USDT（BEpusdt）', en: 'USDT (BEpusdt)' },
  help: {
    zh: '自建的 BEpusdt 网关。密钥为网关的 auth_token。不支持自动退款。',
    en: 'Your own BEpusdt gateway. The key is its auth_token. It cannot refund.',
  },
  settings: bepusdtSettings,
  open: (settings, parts) => bepusdtChannel(settings as BepusdtSettings, parts),
};

interface Bepusdt extends BepusdtSettings {
  parts: ChannelParts;
  caller: TokenCaller;
  matchedWithinMs: number;
}

function bepusdtChannel(settings: BepusdtSettings, parts: ChannelParts): Channel {
  const { token } = settings;
  const lockMs = settings.lockMinutes * 60_000;
  const gateway = trustedAddress(settings.gateway, 'gateway');
  const caller: TokenCaller = { gateway, token, currency, writeNumber: goNumber, http: parts.http };
  const matchedWithinMs = lockMs + confirmedWithinMs;
  const bepusdt: Bepusdt = { ...settings, parts, caller, matchedWithinMs };
  const callback: TokenGateway = {
    code: parts.code,
    token,
    pid: undefined,
    merchant,
    currency,
    writeNumber: goNumber,
    tradeNoField: 'block_transaction_id',
    matchedWithinMs,
  };
  return {
    code: parts.code,
    kind: bepusdtKind.kind,
    name: parts.name ?? bepusdtKind.names,
    currencies: [currency],
    sandbox: false,
    merchant,
    lateMs: lockMs,
    acknowledge: tokenAcknowledge,
    // The same number again gives the order there is.
    create: (attempt) => createOrder(caller, createPath, attempt, orderValues(bepusdt, attempt), []),
    verify: (request) => verifyTokenCallback(request, callback),
    query: (attempt) => query(bepusdt, attempt),
    close: (attempt) => close(bepusdt, attempt),
    refund: async () => ({ kind: 'by-hand', reason: 'coins are sent back from a wallet, by a person' }),
    probe: () => probe(bepusdt),
  };
}

function orderValues({ tradeType, lockMinutes, parts }: Bepusdt, attempt: Attempt): Record<string, string | number> {
  return {
    order_id: attempt.outTradeNo,
    trade_type: tradeType,
    amount: amountNumber(attempt),
    notify_url: parts.notifyUrl,
    redirect_url: parts.returnUrl(attempt.outTradeNo),
    timeout: Math.max(60, lockMinutes * 60),
  };
}

async function query(bepusdt: Bepusdt, attempt: AttemptRef): Promise<QueryResult> {
  // Without its number nobody can be asked: the payer was never shown a page either.
  if (attempt.reference === null) return { kind: 'not-found' };
  const reply = await getPlain(bepusdt.caller, `/pay/check-status/${encodeURIComponent(attempt.reference)}`);
  if (typeof reply === 'string') return { kind: 'unknown', reason: reply };
  const { trade_id, trade_hash, status } = reply.body;
  if (/不存在|not exist/.test(reply.message)) return { kind: 'not-found' };
  if (trade_id !== attempt.reference) return { kind: 'unknown', reason: `${reply.message} (${reply.code})` };
  // 5 is a transfer that waits for its blocks.
  if (status === orderStatus.waiting || status === 5) return { kind: 'unpaid' };
  if (status === orderStatus.expired || status === orderStatus.cancelled || status === 6) return { kind: 'closed' };
  const tradeNo = recordedNumber(trade_hash);
  if (status !== orderStatus.paid || tradeNo === undefined) {
    return { kind: 'unknown', reason: `an answer we cannot read (status ${String(status).slice(0, 20)})` };
  }
  const payment = {
    channel: bepusdt.parts.code,
    tradeNo,
    outTradeNo: attempt.outTradeNo,
    // It takes no other amount than the one it was asked for.
    amountMinor: attempt.amountMinor,
    currency: attempt.currency,
    merchant,
    paidAt: null,
    source: 'query',
    raw: JSON.stringify(reply.body),
    matchedWithinMs: bepusdt.matchedWithinMs,
  } as const;
  return { kind: 'paid', payment };
}

async function close(bepusdt: Bepusdt, attempt: AttemptRef): Promise<CloseResult> {
  if (attempt.reference === null) return { kind: 'not-found' };
  const reply = await postSigned(bepusdt.caller, cancelPath, { trade_id: attempt.reference });
  if (typeof reply === 'string') return { kind: 'unknown', reason: reply };
  if (reply.code === 200 && reply.data.trade_id === attempt.reference) return { kind: 'closed' };
  const now = await query(bepusdt, attempt);
  if (now.kind === 'paid' || now.kind === 'refunded') return { kind: 'paid' };
  if (now.kind === 'closed' || now.kind === 'not-found') return now;
  return { kind: 'unknown', reason: `${reply.message} (${reply.code})` };
}

/** A signed request about no order: a gateway that knows our key answers about the order, not about the key. */
async function probe({ caller }: Bepusdt): Promise<ProbeResult> {
  const reply = await postSigned(caller, cancelPath, { trade_id: 'probe' });
  if (typeof reply === 'string') return { kind: 'failing', reason: reply };
  const known = typeof reply.body.status_code === 'number';
  return known ? { kind: 'healthy' } : { kind: 'failing', reason: `${reply.message} (${reply.code})` };
}
