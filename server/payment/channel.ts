/**
 * The port that every payment channel stands behind. A channel knows one network and its wire format; it decides nothing
 * about orders. All of its methods but `prepare` and `verify` may talk to somebody else's server and are never called inside
 * a transaction.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { PaymentAction } from '../../contract/shop.ts';

/** One payment attempt as a channel sees it. */
export interface Attempt {
  /** Our number for the attempt: order id + 2 digits. */
  outTradeNo: string;
  amountMinor: number;
  currency: string;
  /** What the payer reads on the cashier page. */
  subject: string;
  createdAt: number;
  /** When our reservation ends; the channel is asked to refuse money after it. */
  expiresAt: number;
  lang: string;
}

/** Money that a channel has proved to us: the only thing `settlePayments` believes. */
export interface VerifiedPayment {
  channel: string;
  /** The channel's own number of the trade; unique within the channel. */
  tradeNo: string;
  outTradeNo: string;
  amountMinor: number;
  currency: string;
  /** Which merchant account received it. */
  merchant: string;
  paidAt: number | null;
  source: 'callback' | 'query' | 'bill' | 'manual';
  /** The message as it came, for the record; never contains card secrets. */
  raw: string;
}

export interface CallbackRequest {
  method: string;
  rawBody: Buffer;
  headers: IncomingHttpHeaders;
  query: Record<string, string>;
}

export type CallbackVerdict =
  | { kind: 'paid'; payment: VerifiedPayment }
  /** Genuine, and says that this attempt came to nothing. */
  | { kind: 'failed'; outTradeNo: string; reason: string }
  /** Genuine, and changes nothing for us (a state in between). */
  | { kind: 'ignored'; reason: string }
  /** Not proved to come from the channel, or not for us. Nothing of it may be believed. */
  | { kind: 'rejected'; reason: string };

export type QueryResult =
  | { kind: 'paid'; payment: VerifiedPayment }
  | { kind: 'unpaid' }
  /** The channel will take no money for this attempt any more. */
  | { kind: 'closed' }
  /** The channel has never heard of it; the payer may still hold a code that works. */
  | { kind: 'not-found' }
  | { kind: 'unknown'; reason: string };

export type CloseResult =
  | { kind: 'closed' }
  | { kind: 'paid' }
  | { kind: 'not-found' }
  | { kind: 'unknown'; reason: string };

export interface RefundOrder {
  /** Made and stored before the first try, the same on each: the channel refunds one number once. */
  refundNo: string;
  outTradeNo: string;
  tradeNo: string;
  amountMinor: number;
  paymentAmountMinor: number;
  currency: string;
  reason: string;
}

export type RefundResult =
  | { kind: 'succeeded' }
  /** Taken in; ask again with the same number. */
  | { kind: 'processing' }
  /** A definite no. */
  | { kind: 'rejected'; reason: string }
  | { kind: 'unknown'; reason: string };

export interface Acknowledgement {
  status: number;
  contentType: string;
  body: string;
}

export interface Channel {
  readonly code: string;
  readonly kind: string;
  readonly name: { zh: string; en: string };
  readonly currencies: readonly string[];
  /** True for a channel that moves no money. */
  readonly sandbox: boolean;
  readonly merchant: string;
  /** How long after its expiry an attempt could still be paid at the channel, in milliseconds. */
  readonly lateMs: number;
  readonly acknowledge: { success: Acknowledgement; failure: Acknowledgement };
  /**
   * For channels whose payments begin with a link or form that we make ourselves: pure, no I/O. Where it is present,
   * `create` is never called.
   */
  prepare?(attempt: Attempt): PaymentAction;
  /** Asks the channel to begin a payment. */
  create(
    attempt: Attempt,
  ): Promise<{ kind: 'created'; action: PaymentAction } | { kind: 'unavailable'; reason: string }>;
  /** Bytes in, verdict out; no I/O. */
  verify(request: CallbackRequest): CallbackVerdict;
  query(outTradeNo: string): Promise<QueryResult>;
  close(outTradeNo: string): Promise<CloseResult>;
  refund(order: RefundOrder): Promise<RefundResult>;
}

export interface ChannelRegistry {
  get(code: string): Channel | undefined;
  enabled(): readonly Channel[];
}

export function channelRegistry(channels: readonly Channel[]): ChannelRegistry {
  const byCode = new Map(channels.map((channel) => [channel.code, channel]));
  return { get: (code) => byCode.get(code), enabled: () => channels };
}
