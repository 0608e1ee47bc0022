/** Asks a channel about one attempt and acts on the answer: settle, end, or ask again later. */
import { readOrders } from '../order/order-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import type { Nudges } from '../platform/nudges.ts';
import type { QueryResult, VerifiedPayment } from './channel.ts';
import { ChannelHttpError } from './channel-http.ts';
import type { ChannelRegistry } from './channel-registry.ts';
import { keepMessage } from './message-store.ts';
import { noteRefundedTotal } from './note-refunded-total.ts';
import { attemptRef, lookAgainAt, nextQueryAt, type Payment } from './payment.ts';
import { askAgainAbout, endPayment, keepAskingAbout, scheduleQuery, stopAskingAbout } from './payment-store.ts';
import { openReviewCases } from './review-store.ts';
import type { SettleOutcome } from './settle-payments.ts';

export interface QueryDeps {
  database: Database;
  clock: Clock;
  channels: ChannelRegistry;
  nudges: Nudges;
  settle(payment: VerifiedPayment): Promise<SettleOutcome>;
}

/** If the answer to a question about an ended attempt is lost, or we die over it, it is asked again after this long. */
const askEndedAgainMs = 60_000;

export async function queryPayment(deps: QueryDeps, attempt: Payment): Promise<QueryResult> {
  const payment = await onTheList(deps, attempt);
  const result = await ask(deps, payment);
  if (result.kind === 'refunded' && payment.receivedMinor === 0 && wentBackWhole(result)) {
    await noteCameAndWent(deps, payment, result.payment);
    return result;
  }
  if (result.kind === 'paid' || result.kind === 'refunded') {
    await deps.settle(result.payment);
    if (result.kind === 'refunded' && result.refundedMinor !== null)
      await noteRefundedTotal(deps, result.payment, result.refundedMinor);
    return result;
  }
  const now = deps.clock.now();
  const harder = deps.channels.payable(payment.channel) === undefined;
  await deps.database.transact('payment.queried', async (tx) => {
    if (result.kind === 'closed') {
      if (await endAsking(tx, payment.id, now))
        await keepAskingAbout(tx, payment.id, lookAgainAt(payment.createdAt, now));
    } else await scheduleQuery(tx, payment, nextQueryAt(payment.createdAt, payment.queryCount + 1, now, harder));
  });
  return result;
}

/**
 * Asking may move money: some networks hand it over only when they are asked (PayPal). So an attempt that has ended is first
 * put back among those that are asked about, and stays there until an answer has been heard.
 */
async function onTheList({ database, clock }: QueryDeps, payment: Payment): Promise<Payment> {
  const hasEnded = payment.status === 'closed' || payment.status === 'failed';
  if (!hasEnded || payment.nextQueryAt !== null || payment.receivedMinor > 0) return payment;
  const nextQueryAt = clock.now() + askEndedAgainMs;
  const isBack = await database.transact('payment.ask-again', (tx) => askAgainAbout(tx, payment, nextQueryAt));
  return isBack ? { ...payment, nextQueryAt, queryCount: payment.queryCount + 1 } : payment;
}

/** @returns false when there was nothing to end: the money came, or somebody else has ended it */
async function endAsking(tx: Tx, id: string, nowMs: number): Promise<boolean> {
  return (await endPayment(tx, id, 'closed', nowMs)) || (await stopAskingAbout(tx, id));
}

/** Not told how much: for goods that have not gone out yet it is taken for all. */
function wentBackWhole({ payment, refundedMinor }: Extract<QueryResult, { kind: 'refunded' }>): boolean {
  return refundedMinor === null || refundedMinor >= payment.amountMinor;
}

/** Paid and given back before we heard of either: no card goes out for it. */
async function noteCameAndWent(deps: QueryDeps, payment: Payment, trade: VerifiedPayment): Promise<void> {
  const now = deps.clock.now();
  const { channel, tradeNo, amountMinor, currency, raw } = trade;
  await deps.database.transact('payment.came-and-went', async (tx) => {
    await readOrders(tx, [payment.orderId], { lock: true });
    await keepMessage(tx, { channel, kind: 'refund', paymentId: payment.id, tradeNo, raw }, now);
    if (!(await endAsking(tx, payment.id, now))) return;
    const detail = { channel, amountMinor, currency, says: 'paid and given back before we knew of it' };
    const about = `${channel}:${tradeNo}`;
    const { id: paymentId, orderId } = payment;
    await openReviewCases(tx, [{ kind: 'refunded_at_channel', about, orderId, paymentId, tradeNo, detail }], now);
  });
}

async function ask(deps: QueryDeps, payment: Payment): Promise<QueryResult> {
  const channel = deps.channels.get(payment.channel);
  if (!channel) return { kind: 'unknown', reason: `channel ${payment.channel} is not configured` };
  try {
    return await channel.query(attemptRef(payment));
  } catch (error) {
    if (error instanceof ChannelHttpError) return { kind: 'unknown', reason: error.message };
    throw error;
  }
}
