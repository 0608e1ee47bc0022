/** Cancels an unpaid order: closed at its channels first, so that the buyer does not pay for nothing. */
import { endOrders } from '../order/end-orders.ts';
import type { Order } from '../order/order.ts';
import type { Tx } from '../platform/db/database.ts';
import { closeAttempts, type ExpireDeps } from './expire-orders.ts';

/** @returns undefined when money has come (or may be coming: a channel did not answer), or the order has ended already */
export async function cancelOrder(
  deps: ExpireDeps,
  orderId: string,
  also?: (tx: Tx, ended: readonly Order[]) => Promise<void>,
): Promise<Order | undefined> {
  const open = await closeAttempts(deps, orderId);
  if (open !== 'closed') return undefined;
  const [cancelled] = await endOrders(deps, { orderIds: [orderId], to: 'cancelled', also });
  return cancelled;
}
