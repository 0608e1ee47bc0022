/**
 * Ends orders whose time has run out. First the channel is asked and told to take no more money, and only when it has
 * agreed do the cards go back on sale: query -> close -> release. A channel that does not answer keeps the cards
 * reserved until its own expiry has certainly passed; late money is taken in afterwards anyway.
 */
import { type EndDeps, endOrders } from '../order/end-orders.ts';
import type { Order } from '../order/order.ts';
import { postponeExpiry, readOrders } from '../order/order-store.ts';
import { attemptRef, lookAgainAt, nextQueryAt, type Payment } from './payment.ts';
import { endPayment, keepAskingAbout, paymentsOfOrders } from './payment-store.ts';
import { type QueryDeps, queryPayment } from './query-payment.ts';

export type ExpireDeps = EndDeps & QueryDeps;

/** Asked again after this long, while a channel does not answer. */
const askAgainMs = 30_000;
/** Past the channel's own expiry, how much longer an unanswered attempt keeps its cards. */
const graceMs = 5 * 60_000;

/** @returns how many orders were ended */
export async function expireOrders(deps: ExpireDeps, orderIds: readonly string[]): Promise<number> {
  const orders = await readOrders(deps.database.read, orderIds);
  const open = (await paymentsOfOrders(deps.database.read, orderIds)).filter(
    (payment) => payment.status === 'pending' || payment.status === 'created',
  );
  const byOrder = Map.groupBy(open, (payment) => payment.orderId);
  const endable: string[] = [];
  for (const id of orderIds) {
    const order = orders.get(id);
    if (order?.status !== 'pending') continue;
    const verdict = await releaseAtChannels(deps, order, byOrder.get(id) ?? []);
    if (verdict === 'closed') endable.push(id);
    else if (verdict === 'held') {
      const until = deps.clock.now() + askAgainMs;
      await deps.database.transact('order.hold', (tx) => postponeExpiry(tx, id, until));
    }
  }
  return (await endOrders(deps, { orderIds: endable, to: 'expired' })).length;
}

/** Closes what is open of one order at its channels. */
export async function closeAttempts(deps: ExpireDeps, orderId: string): Promise<'closed' | 'paid' | 'held'> {
  const order = (await readOrders(deps.database.read, [orderId])).get(orderId);
  if (!order) return 'held';
  const payments = await paymentsOfOrders(deps.database.read, [orderId]);
  return releaseAtChannels(
    deps,
    order,
    payments.filter((payment) => payment.status === 'pending' || payment.status === 'created'),
  );
}

async function releaseAtChannels(
  deps: ExpireDeps,
  order: Order,
  payments: readonly Payment[],
): Promise<'closed' | 'paid' | 'held'> {
  for (const payment of payments) {
    const channel = deps.channels.get(payment.channel);
    const asked = await queryPayment(deps, payment);
    if (asked.kind === 'paid' || asked.kind === 'refunded') return 'paid';
    if (asked.kind === 'closed') continue;
    const closed = channel ? await channel.close(attemptRef(payment)) : { kind: 'unknown' as const };
    // Paid in the moment between: the next query brings the money in.
    if (closed.kind === 'paid') return (await queryPayment(deps, payment)).kind === 'paid' ? 'paid' : 'held';
    if (closed.kind !== 'closed') {
      if (deps.clock.now() < order.expiresAt + (channel?.lateMs ?? 0) + graceMs) return 'held';
      continue;
    }
    await endAtChannel(deps, payment, channel?.closesByWordOnly ?? false);
  }
  return 'closed';
}

async function endAtChannel({ database, clock }: ExpireDeps, payment: Payment, byWordOnly: boolean): Promise<void> {
  const now = clock.now();
  const { createdAt, queryCount } = payment;
  const askNext = byWordOnly ? nextQueryAt(createdAt, queryCount + 1, now) : lookAgainAt(createdAt, now);
  await database.transact('payment.close', async (tx) => {
    const hasEnded = await endPayment(tx, payment.id, 'closed', now);
    if (hasEnded) await keepAskingAbout(tx, payment.id, askNext);
  });
}
