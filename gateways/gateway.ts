/**
 * The frame of the simulators. One folder for each network, which says how that network speaks (`GatewayDefinition`, exported
 * from gateways/<kind>/gateway.ts, one line in gateways/registry.ts). The frame keeps the books, serves HTTP, calls back
 * on the network's schedule, and misbehaves on request.
 */
import type { Books, GatewayRefund, GatewayTrade } from './books.ts';

export interface GatewayRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  rawQuery: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
}

export interface GatewayReply {
  status?: number;
  headers?: Record<string, string>;
  body: string | Buffer;
}

/** How the network is to lie in this one answer; what a wire cannot do it leaves. */
export interface Mood {
  /** Sign the answer with a key that is not the network's (or spoil the signature). */
  wrongSignature: boolean;
  /** Say of a paid trade that it is not. */
  disagree: boolean;
}

export interface TradeEvent {
  kind: 'paid' | 'failed' | 'closed' | 'refunded' | 'disputed';
  trade: GatewayTrade;
  /** For `refunded`. */
  refund?: GatewayRefund;
}

/** What the network sends to the shop. */
export interface OutgoingMessage {
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** What every channel must survive. A wire supplies each, or says why it has no meaning there. */
export const forgeryNames = [
  'unsigned', // no signature at all
  'other-merchant', // a valid signature of another merchant's account (its own keys), naming our order
  'replayed-onto-another-order', // the true message with another order number and the signature kept
  'amount-changed', // the true message with another amount and the signature kept
  'field-missing', // one signed field left out
  'field-empty', // the order number empty, properly signed if need be
  'algorithm-downgraded', // names a weaker or unknown algorithm (or none)
  'parameter-doubled', // a parameter twice, or encoded in two ways, so that two readers read two values
  'timestamp-expired', // genuine, and older than the network allows
] as const;
export type ForgeryName = (typeof forgeryNames)[number];

export interface GatewayWire {
  /** Settings of a shop's channel that is this gateway's customer, valid for the kind's schema. */
  settings: Record<string, unknown>;
  /** The network's own API; undefined is a 404. */
  handle(request: GatewayRequest, mood: Mood): Promise<GatewayReply | undefined> | GatewayReply | undefined;
  /** The message about an event, or undefined when this network sends none for it. */
  message(event: TradeEvent): Promise<OutgoingMessage | undefined> | OutgoingMessage | undefined;
  /** Whether the shop's answer ends the network's tries. */
  acknowledged(reply: { status: number; body: string }): boolean;
  /** A forger's version of the message about a payment of `trade`; a string says why this forgery has no meaning here. */
  forge(
    name: ForgeryName,
    trade: GatewayTrade,
    other: GatewayTrade,
  ): Promise<OutgoingMessage | string> | OutgoingMessage | string;
  /** Uses new keys or certificates from now on, as the network does now and then. */
  rotate?(): Promise<void> | void;
}

export interface GatewayParts {
  /** Where this gateway listens; no slash at the end. */
  baseUrl: string;
  books: Books;
  now(): number;
  /** 0 up to 1, seeded. */
  random(): number;
  /** Where the shop's owner told the network to call, for networks that are not told with each payment. */
  webhookUrl(): string;
  /** The page where a person pays a trade of the books. */
  payPage(outTradeNo: string): string;
  /** Tells the shop of an event; for what the wire itself makes happen (a refund that is finished later). */
  announce(event: TradeEvent): void;
}

export interface GatewayDefinition {
  /** The kind of channel that speaks to it. */
  kind: string;
  /** Callbacks are tried again so long after the try before, until they are acknowledged. */
  retryDelaysMs: readonly number[];
  /** What the network has; the contract suite leaves out what it has not. */
  has: {
    close: boolean;
    refund: boolean;
    /** It calls back when a refund is through. */
    refundMessage: boolean;
    /** Its answers are signed. */
    signedAnswers: boolean;
    bill: boolean;
    /** A payer may pay another amount than the one asked for. */
    otherAmounts: boolean;
    rotation: boolean;
    /** The payer only agrees; money moves when the shop fetches it. An attempt is closed by not fetching. */
    fetched?: boolean;
  };
  open(parts: GatewayParts): Promise<GatewayWire> | GatewayWire;
}
