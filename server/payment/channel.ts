/**
 * The port that every payment channel stands behind. A channel knows one network and its wire format; it decides nothing
 * about orders. All of its methods but `prepare` and `verify` may talk to somebody else's server and are never called inside
 * a transaction. They answer with a value; what they throw is a bug, except ChannelHttpError, which counts as `unknown`.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { PaymentAction } from '../../contract/shop.ts';

/** What the payer holds in the hand; some networks have a product for each. */
export type PayerDevice = 'pc' | 'mobile' | 'wechat';

/** One payment attempt as a channel sees it when it begins. */
export interface Attempt {
  /** Our number for the attempt: order id + 2 digits. */
  outTradeNo: string;
  amountMinor: number;
  currency: string;
  /** What the payer reads on the cashier page. */
  subject: string;
  /** Of the attempt, as it is on record: the same at every retry. */
  createdAt: number;
  /** When our reservation ends; the channel is asked to refuse money after it. */
  expiresAt: number;
  lang: string;
  /** The payer's address as we saw it; some networks insist on it. */
  clientIp: string;
  device: PayerDevice;
  /** Who the payer is inside WeChat, where the page knows it. */
  openid: string | null;
}

/** An attempt that is on record: everything needed to ask about it, after any restart. */
export interface AttemptRef {
  outTradeNo: string;
  /** What the channel called it when it was created (a session id, an order id), as `create` gave it. */
  reference: string | null;
  createdAt: number;
  amountMinor: number;
  currency: string;
  /** The channel's number of the trade, once money has come. */
  tradeNo: string | null;
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
  /**
   * For networks that know a payment only by its amount: what we hear of it later than this after the attempt began may be
   * somebody else's money, and a person looks first.
   */
  matchedWithinMs?: number;
}

/** A proved message that money went back, or that a refund of ours failed. */
export interface RefundNotice {
  channel: string;
  /** Our refund number where the message names one; null when somebody refunded at the channel itself. */
  refundNo: string | null;
  /** The network's own number of this refund: by it one that is not ours is booked once. */
  refundId?: string | null;
  /** Our attempt; null when the message names only the trade. */
  outTradeNo: string | null;
  tradeNo: string | null;
  /** Of this refund; null where the message tells only the total. */
  amountMinor: number | null;
  /** All that has gone back for this trade so far, where the message tells it. */
  totalRefundedMinor: number | null;
  currency: string;
  outcome: 'succeeded' | 'rejected';
  raw: string;
}

/** The payer's bank or the network takes the money back, or threatens to. */
export interface DisputeNotice {
  channel: string;
  disputeNo: string;
  outTradeNo: string | null;
  tradeNo: string | null;
  amountMinor: number;
  currency: string;
  reason: string;
  raw: string;
}

export interface CallbackRequest {
  method: string;
  rawBody: Buffer;
  headers: IncomingHttpHeaders;
  query: Record<string, string>;
  /** What follows `?` in the address, as it was sent: for signatures over raw text and to see doubled parameters. */
  rawQuery: string;
}

export type CallbackVerdict = (
  | { kind: 'paid'; payment: VerifiedPayment }
  /** Genuine, and says that this attempt came to nothing. */
  | { kind: 'failed'; outTradeNo: string; reason: string; raw?: string }
  /** Genuine: money went back. Whether it is a refund of ours is not the channel's to judge. */
  | { kind: 'refund'; notice: RefundNotice }
  | { kind: 'disputed'; notice: DisputeNotice }
  /** Genuine, says that something happened, and proves too little: ask the channel now. (PayPal: approved, not captured.) */
  | { kind: 'ask'; outTradeNo: string; reason: string; raw?: string }
  /** Genuine, and changes nothing for us (a state in between). */
  | { kind: 'ignored'; reason: string; raw?: string }
  /** Not proved to come from the channel, or not for us. Nothing of it may be believed. */
  | { kind: 'rejected'; reason: string }
) & {
  /** Said instead of `acknowledge.success` (or `.failure`, for `rejected`) where the right answer depends on the message. */
  answer?: Acknowledgement;
};

export type QueryResult =
  | { kind: 'paid'; payment: VerifiedPayment }
  /** Paid, and since then all or part of it went back: `refundedMinor` in total, by whomever; null when it is not told. */
  | { kind: 'refunded'; payment: VerifiedPayment; refundedMinor: number | null }
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
  /** The network has no such request (or not yet for this attempt): wait until its own expiry has passed. */
  | { kind: 'not-supported' }
  | { kind: 'unknown'; reason: string };

export type CreateResult =
  | { kind: 'created'; action: PaymentAction; reference?: string }
  /** The channel answered and will not begin this payment (amount too small, payer unknown): not a fault of its health. */
  | { kind: 'refused'; reason: string }
  /** No answer, or one that says "not now": counts against the channel's health. */
  | { kind: 'unavailable'; reason: string };

export interface RefundOrder {
  /** Made and stored before the first try, the same on each: the channel refunds one number once. */
  refundNo: string;
  /** When the refund was put on record; the same at every try. */
  createdAt: number;
  /** What the channel called this refund when it took it in, as `refund` gave it. */
  reference: string | null;
  attempt: AttemptRef;
  tradeNo: string;
  amountMinor: number;
  paymentAmountMinor: number;
  currency: string;
  reason: string;
}

export type RefundResult =
  | { kind: 'succeeded'; reference?: string }
  /** Taken in; ask again with the same number. */
  | { kind: 'processing'; reference?: string }
  /** A definite no. */
  | { kind: 'rejected'; reason: string }
  /** This network cannot send money back by itself: a person must, and then confirm it. */
  | { kind: 'by-hand'; reason: string }
  | { kind: 'unknown'; reason: string };

export type RefundQueryResult = RefundResult | { kind: 'not-found' };

/** One line of a channel's bill of a day. */
export interface BillRow {
  type: 'payment' | 'refund';
  tradeNo: string;
  outTradeNo: string | null;
  refundNo: string | null;
  /** Always positive, refunds too. */
  amountMinor: number;
  currency: string;
  feeMinor: number | null;
  status: 'succeeded' | 'processing' | 'failed';
  at: number | null;
}

export type BillResult =
  | { kind: 'bill'; rows: BillRow[] }
  /** The channel has not made it yet. */
  | { kind: 'not-ready'; reason: string }
  | { kind: 'unknown'; reason: string };

export interface ChannelBill {
  /** The channel's day, as minutes east of UTC (480 for China). */
  dayOffsetMinutes: number;
  /** How long after the end of its day the bill is there, in milliseconds. */
  readyAfterMs: number;
  /** @param date YYYY-MM-DD of the channel's day */
  fetch(date: string): Promise<BillResult>;
}

export type MissedResult = { kind: 'missed'; verdicts: CallbackVerdict[] } | { kind: 'unknown'; reason: string };

export type ProbeResult = { kind: 'healthy' } | { kind: 'failing'; reason: string };

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
  /** Closing is only our word not to fetch the money; the network refuses none. So it is asked about as long as if open. */
  readonly closesByWordOnly?: boolean;
  readonly acknowledge: { success: Acknowledgement; failure: Acknowledgement };
  /**
   * For channels whose payments begin with a link or form that we make ourselves: pure, no I/O. Where it is present,
   * `create` is never called.
   */
  prepare?(attempt: Attempt): PaymentAction;
  /** Asks the channel to begin a payment; repeated with the same attempt after an answer that did not arrive. */
  create(attempt: Attempt): Promise<CreateResult>;
  /** Bytes in, verdict out. No I/O but fetching a certificate that the message names. */
  verify(request: CallbackRequest): CallbackVerdict | Promise<CallbackVerdict>;
  /** Asks what became of an attempt; where a network wants a last step of ours (PayPal's capture), takes that step too. */
  query(attempt: AttemptRef): Promise<QueryResult>;
  close(attempt: AttemptRef): Promise<CloseResult>;
  refund(order: RefundOrder): Promise<RefundResult>;
  /** What became of a refund that was taken in. Absent: `refund` with the same number tells. */
  queryRefund?(order: RefundOrder): Promise<RefundQueryResult>;
  /** Absent: the network gives no bills. */
  bill?: ChannelBill;
  /** What the network tried in vain to tell us since then, asked for; told again it changes nothing. */
  missed?(sinceMs: number): Promise<MissedResult>;
  /** A request that costs nothing and shows that address, account and keys are right. */
  probe(): Promise<ProbeResult>;
}
