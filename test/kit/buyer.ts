/** A buyer, and the payment gateway behind them: what both send, and what the shop answered. */
import type { Problem } from '../../contract/common.ts';
import type {
  CardsReply,
  LookupReply,
  OrderReply,
  PaymentReply,
  PaymentView,
  PlaceOrderReply,
} from '../../contract/shop.ts';
import { sandboxSignature, signatureHeader } from '../../server/payment/channels/sandbox/wire.ts';
import { type Answer, type Caller, callerOf } from './http-call.ts';

export const sandboxSecret = 'sandbox-secret-of-tests';

/** `body` is what a success carries; `problem` what a refusal does. */
export interface Reply<T> {
  status: number;
  text: string;
  headers: Answer['headers'];
  body: T;
  problem: Problem;
}

export interface Wish {
  skuId: number;
  quantity?: number;
  contact?: string;
  lookupPassword?: string;
  /** Idempotency-Key. */
  key?: string;
  /** Leaves out the channel: the payment is begun by a call of its own. */
  payLater?: boolean;
}

/** A payer's trade as the gateway reports it. */
export interface Trade {
  tradeNo: string;
  outTradeNo: string;
  amountMinor: number;
  currency: string;
}

export interface Buyer {
  call: Caller;
  place(wish: Wish): Promise<Reply<PlaceOrderReply>>;
  beginPayment(id: string, token: string): Promise<Reply<PaymentReply>>;
  show(id: string, token: string): Promise<Reply<OrderReply>>;
  cards(id: string, token: string): Promise<Reply<CardsReply>>;
  cancel(id: string, token: string): Promise<Reply<OrderReply>>;
  lookup(contact: string, lookupPassword: string): Promise<Reply<LookupReply>>;
  /** The gateway's signed callback. */
  callback(trade: Trade): Promise<Reply<never>>;
}

let trades = 0;

/** The trade of a payer who pays what this attempt asks, unless told otherwise. */
export function tradeFor(payment: PaymentView | undefined, more: Partial<Trade> = {}): Trade {
  if (!payment) throw new Error('no payment was begun');
  const { outTradeNo, amountMinor, currency } = payment;
  return { tradeNo: `T${process.pid}N${++trades}`, outTradeNo, amountMinor, currency, ...more };
}

export function callbackOf(trade: Trade): { body: string; headers: Record<string, string> } {
  const body = JSON.stringify({ ...trade, status: 'paid', timestamp: 1_700_000_000_000 });
  const headers = { 'content-type': 'application/json', [signatureHeader]: sandboxSignature(body, sandboxSecret) };
  return { body, headers };
}

export const callbackPath = '/api/v1/callbacks/sandbox';

export function buyerAt(origin: string, maxSockets?: number): Buyer {
  const call = callerOf(origin, maxSockets);
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  let buyers = 0;
  return {
    call,
    async place({ skuId, quantity = 1, contact = `buyer-${++buyers}`, lookupPassword, key, payLater }) {
      const channel = payLater ? undefined : 'sandbox';
      const body = { lines: [{ skuId, quantity }], contact, lookupPassword, channel };
      const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
      return replyOf(await call({ method: 'POST', path: '/api/v1/orders', headers, body }));
    },
    beginPayment: async (id, token) => {
      const path = `/api/v1/orders/${id}/payments`;
      return replyOf(await call({ method: 'POST', path, headers: bearer(token), body: { channel: 'sandbox' } }));
    },
    show: async (id, token) => replyOf(await call({ path: `/api/v1/orders/${id}`, headers: bearer(token) })),
    cards: async (id, token) => replyOf(await call({ path: `/api/v1/orders/${id}/cards`, headers: bearer(token) })),
    cancel: async (id, token) =>
      replyOf(await call({ method: 'POST', path: `/api/v1/orders/${id}/cancel`, headers: bearer(token) })),
    lookup: async (contact, lookupPassword) =>
      replyOf(await call({ method: 'POST', path: '/api/v1/orders/lookup', body: { contact, lookupPassword } })),
    callback: async (trade) => replyOf(await call({ method: 'POST', path: callbackPath, ...callbackOf(trade) })),
  };
}

function replyOf<T>({ status, headers, text }: Answer): Reply<T> {
  const json = headers['content-type']?.includes('json') ? (JSON.parse(text) as unknown) : undefined;
  return { status, headers, text, body: json as T, problem: json as Problem };
}
