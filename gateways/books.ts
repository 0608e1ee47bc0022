/** What a simulated network knows: trades and refunds, to the cent. Numbers are made here, once. */
export interface GatewayRefund {
  /** The shop's number; of a refund made at the network itself, one of the network's. */
  refundNo: string;
  /** The network's number. */
  reference: string;
  amountMinor: number;
  status: 'processing' | 'succeeded' | 'rejected';
  /** Who wanted it: the shop by its API, or somebody in the network's own console. */
  by: 'shop' | 'network';
  createdAt: number;
}

export interface GatewayTrade {
  outTradeNo: string;
  /** The network's number of the trade. */
  tradeNo: string;
  /** Of the session or order, where the network has such; else the trade number. */
  reference: string;
  amountMinor: number;
  currency: string;
  subject: string;
  status: 'waiting' | 'paid' | 'closed';
  /** What the payer really paid. */
  paidMinor: number;
  paidAt: number | null;
  createdAt: number;
  expiresAt: number | null;
  notifyUrl: string;
  returnUrl: string;
  refunds: GatewayRefund[];
  /** What else the wire must remember of it. */
  extra: Record<string, string>;
}

export type NewTrade = Pick<GatewayTrade, 'outTradeNo' | 'amountMinor' | 'currency' | 'notifyUrl'> &
  Partial<GatewayTrade>;

export type RefundAnswer =
  | { kind: 'taken'; refund: GatewayRefund; repeated: boolean }
  | { kind: 'too-much' }
  | { kind: 'not-paid' };

export class Books {
  readonly #now: () => number;
  readonly #prefix: string;
  readonly #trades = new Map<string, GatewayTrade>();
  #last = 0;

  /** @param prefix of the numbers this network makes */
  constructor(prefix: string, now: () => number) {
    this.#prefix = prefix;
    this.#now = now;
  }

  newNumber(): string {
    this.#last += 1;
    return `${this.#prefix}${this.#now().toString(36).toUpperCase()}${String(this.#last).padStart(6, '0')}`;
  }

  /** Enters a trade; the same number again gives the trade there is. */
  open(trade: NewTrade): GatewayTrade {
    const there = this.#trades.get(trade.outTradeNo);
    if (there) return there;
    const tradeNo = trade.tradeNo ?? this.newNumber();
    const entered: GatewayTrade = {
      tradeNo,
      reference: tradeNo,
      subject: '',
      status: 'waiting',
      paidMinor: 0,
      paidAt: null,
      createdAt: this.#now(),
      expiresAt: null,
      returnUrl: '',
      refunds: [],
      extra: {},
      ...trade,
    };
    this.#trades.set(entered.outTradeNo, entered);
    return entered;
  }

  find(outTradeNo: string): GatewayTrade | undefined {
    return this.#trades.get(outTradeNo);
  }

  findWhere(matches: (trade: GatewayTrade) => boolean): GatewayTrade | undefined {
    return this.#trades.values().find(matches);
  }

  all(): GatewayTrade[] {
    return [...this.#trades.values()];
  }

  /** @returns false when it had been paid already, or is closed and `evenClosed` is not said */
  pay(trade: GatewayTrade, { amountMinor = trade.amountMinor, evenClosed = false } = {}): boolean {
    if (trade.status === 'paid' || (trade.status === 'closed' && !evenClosed)) return false;
    trade.status = 'paid';
    trade.paidMinor = amountMinor;
    trade.paidAt = this.#now();
    return true;
  }

  /** @returns false when it is paid */
  close(trade: GatewayTrade): boolean {
    if (trade.status === 'paid') return false;
    trade.status = 'closed';
    return true;
  }

  /** One refund number goes back once. */
  refund(
    trade: GatewayTrade,
    order: { refundNo: string; amountMinor: number; by?: GatewayRefund['by']; status?: GatewayRefund['status'] },
  ): RefundAnswer {
    const { refundNo, amountMinor, by = 'shop', status = 'succeeded' } = order;
    if (trade.status !== 'paid') return { kind: 'not-paid' };
    const there = trade.refunds.find((refund) => refund.refundNo === refundNo);
    if (there) return { kind: 'taken', refund: there, repeated: true };
    if (refundedMinor(trade) + amountMinor > trade.paidMinor) return { kind: 'too-much' };
    const refund = { refundNo, amountMinor, by, status, reference: this.newNumber(), createdAt: this.#now() };
    trade.refunds.push(refund);
    return { kind: 'taken', refund, repeated: false };
  }

  /** What happened on one day of the network, for its bill. @param offsetMinutes east of UTC */
  day(date: string, offsetMinutes: number): { trades: GatewayTrade[]; refunds: [GatewayTrade, GatewayRefund][] } {
    const within = (at: number | null) => at !== null && dayOf(at, offsetMinutes) === date;
    return {
      trades: this.all().filter((trade) => within(trade.paidAt)),
      refunds: this.all().flatMap((trade) =>
        trade.refunds
          .filter((refund) => within(refund.createdAt))
          .map((refund) => [trade, refund] as [GatewayTrade, GatewayRefund]),
      ),
    };
  }
}

/** All that has gone back or is on its way. */
export function refundedMinor(trade: GatewayTrade): number {
  return trade.refunds.reduce((sum, refund) => sum + (refund.status === 'rejected' ? 0 : refund.amountMinor), 0);
}

export function dayOf(at: number, offsetMinutes: number): string {
  return new Date(at + offsetMinutes * 60_000).toISOString().slice(0, 10);
}
