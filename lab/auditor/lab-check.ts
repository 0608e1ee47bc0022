/** What a check is: a promise, and the places where it was broken, in words. */
import type { Evidence, IssueRow, NodeDump, OrderRow, PaymentRow } from './evidence.ts';

export interface LabCheck {
  id: string;
  says: string;
  broken(seen: Seen): string[];
}

/** The evidence with what most checks look up. Checks look at the first node; that all are equal is a check of its own. */
export interface Seen extends Evidence {
  shop: NodeDump;
  order(id: string): OrderRow | undefined;
  payment(outTradeNo: string): PaymentRow | undefined;
  issuesOf(orderId: string): readonly IssueRow[];
  mayBeLost(orderId: string): boolean;
}

export function look(evidence: Evidence): Seen {
  const [shop] = evidence.nodes;
  if (!shop) throw new Error('no database node was read');
  const orders = new Map(shop.orders.map((row) => [row.id, row]));
  const payments = new Map(shop.payments.map((row) => [row.id, row]));
  const issues = Map.groupBy(shop.issues, ({ orderId }) => orderId);
  return {
    ...evidence,
    shop,
    order: (id) => orders.get(id),
    payment: (id) => payments.get(id),
    issuesOf: (id) => issues.get(id) ?? [],
    mayBeLost: (id) => evidence.lostByRestore?.has(id) === true,
  };
}
