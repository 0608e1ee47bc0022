/** What a batch of payments will write: filled by settle-one.ts, written by write-settlements.ts. */
import type { CardIssue, LockedCard } from '../card/reservation-store.ts';
import { type FlashSale, piecesLeft } from '../catalog/price.ts';
import { cardsNeeded, type Order } from '../order/order.ts';
import type { VerifiedPayment } from './channel.ts';
import type { Evidence } from './evidence-store.ts';
import type { Payment } from './payment.ts';
import type { NewRefund } from './refund-store.ts';
import type { NewReviewCase } from './review-store.ts';
import type { SettleOutcome } from './settle-payments.ts';

export interface SettlementFacts {
  orders: ReadonlyMap<string, Order>;
  onRecord: ReadonlyMap<string, Evidence>;
  attempts: ReadonlyMap<string, Payment>;
  /** Cards that are locked for each of the orders. */
  locked: ReadonlyMap<string, LockedCard[]>;
  /** Flash sales whose pieces late orders have given back and want again. */
  sales?: ReadonlyMap<number, FlashSale>;
  now: number;
  mailEnabled: boolean;
}

export interface SettlementPlan {
  now: number;
  outcomes: Map<string, SettleOutcome>;
  evidence: { payment: VerifiedPayment; orderId: string | null; outcome: string }[];
  orders: Map<string, { before: Order; after: Order }>;
  payments: Map<string, { before: Payment | undefined; after: Payment }>;
  /** Cards taken from the shelf for late payments: locked and issued in one go. */
  taken: { cardId: number; orderId: string }[];
  released: LockedCard[];
  issues: CardIssue[];
  loopLines: { orderId: string; lineNo: number; skuId: number; quantity: number }[];
  deliveredLines: { orderId: string; lineNos: number[] }[];
  refunds: NewRefund[];
  reviews: NewReviewCase[];
  messages: { id: string; topic: string; payload: Record<string, unknown> }[];
  stockChanges: Map<number, number>;
  /** Flash sale -> pieces taken again. */
  salePieces: Map<number, number>;
}

export function emptyPlan(now: number): SettlementPlan {
  return {
    now,
    outcomes: new Map(),
    evidence: [],
    orders: new Map(),
    payments: new Map(),
    taken: [],
    released: [],
    issues: [],
    loopLines: [],
    deliveredLines: [],
    refunds: [],
    reviews: [],
    messages: [],
    stockChanges: new Map(),
    salePieces: new Map(),
  };
}

/** Cards an order still lacks, beyond those locked for it. */
export function missingCards(order: Order, locked: readonly LockedCard[]): Map<number, number> {
  const missing = new Map<number, number>();
  for (const [skuId, count] of cardsNeeded(order.lines)) {
    const held = locked.filter((card) => card.sku_id === skuId).length;
    if (held < count) missing.set(skuId, count - held);
  }
  return missing;
}

/** Whoever pays late takes their pieces of a flash sale again. @returns false, and takes none, where others have them by now */
export function takeSalePiecesAgain(plan: SettlementPlan, facts: SettlementFacts, order: Order): boolean {
  if (order.status !== 'expired' && order.status !== 'cancelled') return true;
  const taken = new Map(plan.salePieces);
  for (const { flashSaleId, quantity } of order.lines) {
    const sale = flashSaleId === null ? undefined : facts.sales?.get(flashSaleId);
    if (!sale) continue;
    const pieces = (taken.get(sale.id) ?? 0) + quantity;
    if (pieces > piecesLeft(sale)) return false;
    taken.set(sale.id, pieces);
  }
  plan.salePieces = taken;
  return true;
}

export function changeOrder(plan: SettlementPlan, facts: SettlementFacts, after: Order): void {
  const before = plan.orders.get(after.id)?.before ?? (facts.orders.get(after.id) as Order);
  plan.orders.set(after.id, { before, after });
}

export function addStock(plan: SettlementPlan, skuId: number, delta: number): void {
  plan.stockChanges.set(skuId, (plan.stockChanges.get(skuId) ?? 0) + delta);
}
