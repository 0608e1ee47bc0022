/**
 * A payment delivers in the transaction that records it, so an order that is paid but not served means damage: rows lost
 * or changed by hand. What is complete is completed; what lacks cards goes to a person, who can issue or refund.
 */
import type { Order } from '../../order/order.ts';
import { changeOrders, readOrders } from '../../order/order-store.ts';
import { openReviewCases } from '../../payment/review-store.ts';
import type { Tx } from '../../platform/db/database.ts';
import { RowsChanged } from '../../platform/db/errors.ts';
import { type Outstanding, oddPaidOrders, outstandingOf } from './paid-order-store.ts';
import type { Scan, ScanDeps } from './scan.ts';

const settledBeforeMs = 60_000;
const atOnce = 100;

export const deliverPaidScan: Scan = {
  name: 'deliver-paid',
  says: 'Finds paid orders that were not served: completes them, or opens a review case where cards are missing.',
  everyMs: 60_000,
  runsOn: 'leader',
  async run(deps) {
    const { database, clock } = deps;
    const ids = await oddPaidOrders(database.read, clock.now() - settledBeforeMs, atOnce);
    if (ids.length === 0) return { found: 0, mended: 0 };
    const changed = await database.transact('order.deliver-paid', (tx) => mend(tx, deps, ids));
    for (const id of changed) deps.nudges.send('order', id);
    return { found: ids.length, mended: changed.length };
  },
};

async function mend(tx: Tx, deps: ScanDeps, ids: readonly string[]): Promise<string[]> {
  await deps.confirm(tx);
  const now = deps.clock.now();
  const orders = await readOrders(tx, ids, { lock: true });
  const odd = (await outstandingOf(tx, ids)).filter((one) => one.automatic !== 0 || one.manual === 0);
  const changes = odd.map((one) => changeOf(orders.get(one.id) as Order, one, now));
  const changed = await changeOrders(tx, changes);
  if (changed !== changes.length) throw new RowsChanged(`changed ${changed} of ${changes.length} orders`);
  const lacking = odd.filter((one) => one.automatic !== 0);
  await openReviewCases(
    tx,
    lacking.map((one) => ({
      kind: 'delivery_failed',
      about: `paid:${one.id}`,
      orderId: one.id,
      detail: { missing: one.automatic, why: 'the order is paid, but what it should have delivered is not on record' },
    })),
    now,
  );
  return odd.map((one) => one.id);
}

function changeOf(order: Order, outstanding: Outstanding, now: number) {
  const complete = outstanding.automatic === 0;
  return {
    id: order.id,
    from: order.status,
    to: complete ? ('delivered' as const) : ('review' as const),
    receivedMinor: order.receivedMinor,
    refundedMinor: order.refundedMinor,
    paidAt: order.paidAt,
    deliveredAt: complete ? now : null,
    closedAt: null,
  };
}
