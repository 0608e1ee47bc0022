/** Writes what planSettlements decided, set-wise, each kind of row once for the whole batch. */
import { issueCards, issueLoopCards, lockCards, nameCards, releaseCards } from '../card/reservation-store.ts';
import { countSold } from '../catalog/flash-sale-store.ts';
import { enqueue } from '../delivery/outbox-store.ts';
import { changeOrders, markLinesDelivered } from '../order/order-store.ts';
import type { Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import { insertEvidence } from './evidence-store.ts';
import { recordOrderEvents } from './order-events.ts';
import type { Payment } from './payment.ts';
import { insertPayments, writePayments } from './payment-store.ts';
import { insertRefunds } from './refund-store.ts';
import { openReviewCases } from './review-store.ts';
import type { SettlementPlan } from './settlement-plan.ts';

export async function writeSettlements(tx: Tx, plan: SettlementPlan): Promise<void> {
  const { now } = plan;
  await insertEvidence(tx, plan.evidence, now);
  await writeAttempts(tx, plan);
  await writeOrders(tx, plan);
  for (const [id, pieces] of [...plan.salePieces].sort(([a], [b]) => a - b)) {
    if (!(await countSold(tx, id, pieces))) throw new RowsChanged(`flash sale ${id} changed`);
  }
  await releaseCards(tx, plan.released);
  await lockCards(tx, plan.taken);
  await issueCards(tx, plan.issues, now);
  await nameCards(tx, plan.issues);
  await issueLoopCards(tx, plan.loopLines, now);
  for (const { orderId, lineNos } of plan.deliveredLines) await markLinesDelivered(tx, orderId, lineNos, now);
  await insertRefunds(tx, plan.refunds, now);
  await openReviewCases(tx, plan.reviews, now);
  await enqueue(tx, plan.messages, now);
  await recordOrderEvents(tx, [...plan.orders.values()], now);
}

async function writeAttempts(tx: Tx, { payments, now }: SettlementPlan): Promise<void> {
  const all = [...payments.values()];
  await insertPayments(
    tx,
    all.filter(({ before }) => before === undefined).map(({ after }) => after),
    now,
  );
  await writePayments(
    tx,
    all.filter((one): one is { before: Payment; after: Payment } => one.before !== undefined),
    now,
  );
}

async function writeOrders(tx: Tx, { orders }: SettlementPlan): Promise<void> {
  const changes = [...orders.values()].map(({ before, after }) => ({
    id: after.id,
    from: before.status,
    to: after.status,
    receivedMinor: after.receivedMinor,
    refundedMinor: after.refundedMinor,
    paidAt: after.paidAt,
    deliveredAt: after.deliveredAt,
    closedAt: null,
  }));
  const changed = await changeOrders(tx, changes);
  if (changed !== changes.length) throw new RowsChanged(`changed ${changed} of ${changes.length} orders`);
}
