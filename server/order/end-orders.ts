/** Ends unpaid orders and puts their cards back on sale: because time ran out, or because somebody cancelled. */
import { lockedCardsOf, releaseCards } from '../card/reservation-store.ts';
import { releaseCouponUses } from '../catalog/coupon-store.ts';
import { returnToSales } from '../catalog/flash-sale-store.ts';
import { passCheckpoint } from '../platform/checkpoints.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import type { Nudges } from '../platform/nudges.ts';
import type { Order } from './order.ts';
import { changeOrders, readOrders } from './order-store.ts';

export interface EndDeps {
  database: Database;
  clock: Clock;
  nudges: Nudges;
  stock: { adjust(skuId: number, delta: number): void };
}

export interface EndRequest {
  orderIds: readonly string[];
  to: 'expired' | 'cancelled';
  /** Runs in the same transaction over the orders really ended (audit, payments). */
  also?(tx: Tx, ended: readonly Order[]): Promise<void>;
}

/** @returns the orders that were still unpaid and are now ended; all others are left as they are */
export async function endOrders(deps: EndDeps, request: EndRequest): Promise<Order[]> {
  const { ended, released } = await deps.database.transact('order.end', async (tx) => {
    const now = deps.clock.now();
    const orders = await readOrders(tx, request.orderIds, { lock: true });
    const open = [...orders.values()].filter(
      (order) => order.status === 'pending' && (request.to === 'cancelled' || order.expiresAt <= now),
    );
    const cards = await lockedCardsOf(
      tx,
      open.map((order) => order.id),
    );
    const changes = open.map((order) => ({
      id: order.id,
      from: order.status,
      to: request.to,
      receivedMinor: order.receivedMinor,
      refundedMinor: order.refundedMinor,
      paidAt: null,
      deliveredAt: null,
      closedAt: now,
    }));
    const changed = await changeOrders(tx, changes);
    if (changed !== open.length) throw new RowsChanged(`ended ${changed} of ${open.length} orders`);
    await releaseCards(tx, cards);
    // Sales before coupons, as orders are placed: two who wait for one another would be a deadlock.
    await returnToSales(
      tx,
      open.flatMap((order) => order.lines),
    );
    await releaseCouponUses(
      tx,
      open.flatMap((order) => order.couponId ?? []),
    );
    if (open.length > 0) await request.also?.(tx, open);
    return { ended: open, released: cards };
  });
  passCheckpoint('expire.after-commit');
  for (const card of released) deps.stock.adjust(card.sku_id, 1);
  for (const order of ended) deps.nudges.send('order', order.id);
  return ended.map((order) => ({ ...order, status: request.to }));
}
