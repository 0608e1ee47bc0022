/** A person decides to give money back: checked against what was received, on record, then sent by the outbox. */
import { enqueue } from '../delivery/outbox-store.ts';
import { readOrders } from '../order/order-store.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import type { Nudges } from '../platform/nudges.ts';
import { evidenceOfOrder } from './evidence-store.ts';
import { type Refund, refundNo } from './payment.ts';
import { insertRefunds, readRefund, refundsOfOrder } from './refund-store.ts';

export interface RefundRequest extends Actor {
  orderId: string;
  /** All that is left when absent. */
  amountMinor: number | undefined;
  /** `recorded`: the owner has sent the money by other means, and only writes it down. */
  mode: 'channel' | 'recorded';
  reason: string;
}

export type RefundRequestOutcome =
  | { kind: 'requested'; refunds: Refund[] }
  | { kind: 'order-not-found' }
  | { kind: 'nothing-to-refund' }
  | { kind: 'exceeds-payment'; refundableMinor: number };

export interface RequestRefundDeps {
  database: Database;
  clock: Clock;
  nudges: Nudges;
}

export async function requestRefund(deps: RequestRefundDeps, request: RefundRequest): Promise<RefundRequestOutcome> {
  const outcome = await deps.database.transact('refund.request', (tx) => requestIn(tx, deps, request));
  if (outcome.kind === 'requested') deps.nudges.send('outbox', 'refund');
  return outcome;
}

/** Within a transaction of the caller (review cases end that way). The order is locked here. */
export async function requestIn(
  tx: Tx,
  deps: Pick<RequestRefundDeps, 'clock'>,
  request: RefundRequest,
): Promise<RefundRequestOutcome> {
  const now = deps.clock.now();
  const order = (await readOrders(tx, [request.orderId], { lock: true })).get(request.orderId);
  if (!order) return { kind: 'order-not-found' };
  const evidence = await evidenceOfOrder(tx, order.id);
  const before = await refundsOfOrder(tx, order.id);
  // Each trade can give back what it brought, less what it has given or is giving back already.
  const open = evidence.map((one) => {
    const given = before.filter(
      (refund) => refund.tradeNo === one.trade_no && refund.channel === one.channel && refund.status !== 'rejected',
    );
    return { one, leftMinor: one.amount_minor - given.reduce((sum, refund) => sum + refund.amountMinor, 0) };
  });
  const refundableMinor = open.reduce((sum, { leftMinor }) => sum + leftMinor, 0);
  if (refundableMinor <= 0) return { kind: 'nothing-to-refund' };
  let wanted = request.amountMinor ?? refundableMinor;
  if (wanted > refundableMinor) return { kind: 'exceeds-payment', refundableMinor };
  const numbers: string[] = [];
  for (const { one, leftMinor } of open) {
    const amountMinor = Math.min(wanted, leftMinor);
    if (amountMinor <= 0) continue;
    wanted -= amountMinor;
    const paymentId = one.payment_id;
    const sequence = before.filter((refund) => refund.paymentId === paymentId).length + numbers.length + 1;
    const no = refundNo(paymentId, sequence);
    await insertRefunds(
      tx,
      [
        {
          refundNo: no,
          orderId: order.id,
          paymentId,
          channel: one.channel,
          tradeNo: one.trade_no,
          amountMinor,
          currency: one.currency,
          mode: request.mode,
          reason: request.reason,
          requestedBy: request.actor,
        },
      ],
      now,
    );
    await enqueue(tx, [{ id: `refund:${no}`, topic: 'refund', payload: { refundNo: no } }], now);
    numbers.push(no);
  }
  const { actor, requestId, reason, mode } = request;
  await recordAudit(tx, {
    at: now,
    requestId,
    actor,
    action: 'order.refund',
    subject: `order:${order.id}`,
    orderId: order.id,
    reason,
    after: { refundNos: numbers, mode },
  });
  const refunds: Refund[] = [];
  for (const no of numbers) refunds.push((await readRefund(tx, no)) as Refund);
  return { kind: 'requested', refunds };
}
