/** The shop as a few numbers in memory: what every operation must come to. */
import type { OrderStatus } from '../../../contract/states.ts';

export interface ModelTrade {
  tradeNo: string;
  order: ModelOrder;
  amountMinor: number;
  currency: string;
  /** What is given back or on its way. */
  promisedMinor: number;
}

export interface ModelOrder {
  id: string;
  /** Quantities, by place of the SKU. */
  wants: readonly number[];
  totalMinor: number;
  status: OrderStatus;
  receivedMinor: number;
  refundedMinor: number;
  trades: ModelTrade[];
}

export interface ModelRefund {
  refundNo: string;
  order: ModelOrder;
  amountMinor: number;
  currency: string;
}

export interface Shelf {
  available: number;
  locked: number;
  sold: number;
  withdrawn: number;
}

export class ShopModel {
  readonly shelves: Shelf[];
  readonly orders: ModelOrder[] = [];
  readonly trades: ModelTrade[] = [];
  /** On record and not sent yet. */
  readonly refunds: ModelRefund[] = [];

  constructor(skus: number) {
    this.shelves = Array.from({ length: skus }, () => ({ available: 0, locked: 0, sold: 0, withdrawn: 0 }));
  }

  move(wants: readonly number[], from: keyof Shelf, to: keyof Shelf): void {
    for (const [i, shelf] of this.shelves.entries()) {
      shelf[from] -= wants[i] ?? 0;
      shelf[to] += wants[i] ?? 0;
    }
  }

  hasStock(wants: readonly number[]): boolean {
    return this.shelves.every((shelf, i) => shelf.available >= (wants[i] ?? 0));
  }

  place(id: string, wants: readonly number[], totalMinor: number): void {
    this.move(wants, 'available', 'locked');
    this.orders.push({ id, wants, totalMinor, status: 'pending', receivedMinor: 0, refundedMinor: 0, trades: [] });
  }

  end(order: ModelOrder, to: 'expired' | 'cancelled'): void {
    this.move(order.wants, 'locked', 'available');
    order.status = to;
  }

  /** @returns the outcome the settlement must report; a surplus is promised back */
  pay(trade: ModelTrade): 'settled' | 'review' | 'surplus' {
    const { order } = trade;
    this.trades.push(trade);
    order.trades.push(trade);
    if (trade.currency === 'CNY') order.receivedMinor += trade.amountMinor;
    if (!['pending', 'expired', 'cancelled'].includes(order.status)) {
      trade.promisedMinor = trade.amountMinor;
      return 'surplus';
    }
    const reserved = order.status === 'pending';
    const right = trade.currency === 'CNY' && trade.amountMinor === order.totalMinor;
    if (right && (reserved || this.hasStock(order.wants))) {
      this.move(order.wants, reserved ? 'locked' : 'available', 'sold');
      order.status = 'delivered';
      return 'settled';
    }
    if (reserved) this.move(order.wants, 'locked', 'available');
    order.status = 'review';
    return 'review';
  }

  leftToRefund(order: ModelOrder): number {
    return order.trades.reduce((sum, trade) => sum + trade.amountMinor - trade.promisedMinor, 0);
  }

  /** The channel has given this back. */
  refunded({ order, amountMinor, currency }: ModelRefund): void {
    if (currency !== 'CNY') return;
    order.refundedMinor += amountMinor;
    if (order.refundedMinor < order.receivedMinor) return;
    if (order.status === 'delivered') this.move(order.wants, 'sold', 'withdrawn');
    order.status = 'refunded';
  }
}
