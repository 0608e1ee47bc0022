/** What an order is, and the rules that need nothing but values. */
import type { OrderLineView, OrderView } from '../../contract/shop.ts';
import type { DeliveryMode, OrderStatus } from '../../contract/states.ts';

export interface OrderLine {
  lineNo: number;
  skuId: number;
  productId: number;
  productName: string;
  skuName: string;
  delivery: DeliveryMode;
  quantity: number;
  unitPriceMinor: number;
  amountMinor: number;
  deliveredAt: number | null;
  /** The flash sale that gave it its price. */
  flashSaleId: number | null;
}

export interface Order {
  id: string;
  region: string;
  status: OrderStatus;
  currency: string;
  totalMinor: number;
  discountMinor: number;
  couponId: number | null;
  receivedMinor: number;
  refundedMinor: number;
  contact: string;
  lang: string;
  userId: number | null;
  riskScore: number;
  expiresAt: number;
  createdAt: number;
  paidAt: number | null;
  deliveredAt: number | null;
  version: number;
  lines: OrderLine[];
}

export function orderView(order: Order): OrderView {
  return {
    id: order.id,
    status: order.status,
    currency: order.currency,
    totalMinor: order.totalMinor,
    discountMinor: order.discountMinor,
    receivedMinor: order.receivedMinor,
    refundedMinor: order.refundedMinor,
    contact: order.contact,
    lines: order.lines.map((line) => lineView(line, order)),
    createdAt: order.createdAt,
    expiresAt: order.expiresAt,
    paidAt: order.paidAt,
    deliveredAt: order.deliveredAt,
  };
}

/** A line has a time of its own only when the order was delivered in parts. */
function lineView({ flashSaleId: _, ...line }: OrderLine, order: Order): OrderLineView {
  return { ...line, deliveredAt: line.deliveredAt ?? order.deliveredAt };
}

/** Lines that are served the moment the money is there. */
export function isAutomatic(line: { delivery: DeliveryMode }): boolean {
  return line.delivery === 'cards' || line.delivery === 'loop';
}

/** Cards that must be locked for these lines, added up per SKU. */
export function cardsNeeded(
  lines: readonly { skuId: number; delivery: DeliveryMode; quantity: number }[],
): Map<number, number> {
  const needed = new Map<number, number>();
  for (const line of lines) {
    if (line.delivery === 'cards') needed.set(line.skuId, (needed.get(line.skuId) ?? 0) + line.quantity);
  }
  return needed;
}

/** Characters; contract/shop.ts says so too. */
const maxContactLength = 120;

/** One person, however they type it: mail addresses and handles compare without case and outer space. */
export function contactKey(contact: string): string {
  const key = contact.trim().toLowerCase();
  // Some letters become two (İ): what is longer than any contact may be is cut, or the column would refuse it.
  return key.length <= maxContactLength ? key : [...key].slice(0, maxContactLength).join('');
}

export function isMailAddress(contact: string): boolean {
  return /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}\.[^\s@<>".]{2,}$/.test(contact.trim());
}
