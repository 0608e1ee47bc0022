/** A person hands over what they made for one line of a paid order; with the last such line the order is delivered. */
import { type SealedDelivery, storeManualDelivery } from '../card/store-manual-delivery.ts';
import { enqueue } from '../delivery/outbox-store.ts';
import { isAutomatic, isMailAddress, type Order } from '../order/order.ts';
import { changeOrders, lockOrder, markLinesDelivered } from '../order/order-store.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import type { Nudges } from '../platform/nudges.ts';
import { recordOrderEvents } from './order-events.ts';

export interface DeliverDeps {
  database: Database;
  clock: Clock;
  nudges: Nudges;
  mailEnabled: boolean;
}

export type DeliverOutcome =
  | { kind: 'delivered'; order: Order }
  | { kind: 'order-not-found' }
  | { kind: 'line-not-found' }
  | { kind: 'not-manual' }
  | { kind: 'already-delivered' }
  | { kind: 'state-conflict'; status: string };

export async function deliverLine(deps: DeliverDeps, delivery: SealedDelivery, by: Actor): Promise<DeliverOutcome> {
  const outcome = await deps.database.transact('order.deliver-line', (tx) => deliverIn(tx, deps, delivery, by));
  if (outcome.kind === 'delivered') {
    deps.nudges.send('order', delivery.orderId);
    deps.nudges.send('outbox', 'delivered');
  }
  return outcome;
}

async function deliverIn(tx: Tx, deps: DeliverDeps, delivery: SealedDelivery, by: Actor): Promise<DeliverOutcome> {
  const { orderId, lineNo } = delivery;
  const now = deps.clock.now();
  const order = await lockOrder(tx, orderId);
  if (!order) return { kind: 'order-not-found' };
  const line = order.lines.find((one) => one.lineNo === lineNo);
  if (!line) return { kind: 'line-not-found' };
  if (isAutomatic(line)) return { kind: 'not-manual' };
  if (order.status !== 'paid') return { kind: 'state-conflict', status: order.status };
  const stored = await storeManualDelivery(tx, delivery, { actor: by.actor, now });
  if (stored.kind === 'already-delivered') return stored;
  await markLinesDelivered(tx, orderId, [lineNo], now);
  const lines = order.lines.map((one) => (one.lineNo === lineNo ? { ...one, deliveredAt: now } : one));
  const complete = lines.every((one) => one.deliveredAt !== null);
  const { receivedMinor, refundedMinor, paidAt } = order;
  const changed = await changeOrders(tx, [
    {
      id: orderId,
      from: 'paid',
      to: complete ? 'delivered' : 'paid',
      receivedMinor,
      refundedMinor,
      paidAt,
      deliveredAt: complete ? now : null,
      closedAt: null,
    },
  ]);
  if (changed !== 1) throw new RowsChanged(`order ${orderId} changed`);
  await recordAudit(tx, {
    ...by,
    at: now,
    action: 'order.deliver-line',
    subject: `order:${orderId}`,
    orderId,
    after: { lineNo },
  });
  if (complete && deps.mailEnabled && isMailAddress(order.contact)) {
    await enqueue(
      tx,
      [{ id: `mail:delivered:${orderId}`, topic: 'mail', payload: { template: 'delivered', orderId } }],
      now,
    );
  }
  const after: Order = { ...order, lines, status: complete ? 'delivered' : 'paid', deliveredAt: complete ? now : null };
  await recordOrderEvents(tx, [{ before: order, after }], now);
  return { kind: 'delivered', order: after };
}
