/**
 * Takes verified payments in: one transaction for the whole group, then the issue journal, then the answer.
 * Callback, query, bill and person all call this and nothing else.
 *
 *   lock the orders -> what is on record already? -> decide each (decide-settlement.ts) -> find stock for late ones
 *   -> write evidence, payments, orders, cards, issues, refunds, review cases, outbox -> commit -> journal, fsync
 *
 * A payment that is on record already changes nothing and gets the answer of the first time, so any number of repeats,
 * in any order and on any nodes at once, ends in the same state (INV-5).
 */

import { issuesOnRecord } from '../card/issued-cards-store.ts';
import { lockedCardsOf, pickCards } from '../card/reservation-store.ts';
import { readOrders } from '../order/order-store.ts';
import { passCheckpoint } from '../platform/checkpoints.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import type { IssueJournal, IssueRecord } from '../platform/journal/issue-journal.ts';
import type { Nudges } from '../platform/nudges.ts';
import type { VerifiedPayment } from './channel.ts';
import { evidenceKey, findEvidence } from './evidence-store.ts';
import { orderIdOf } from './payment.ts';
import { readPayments } from './payment-store.ts';
import { planSettlements, stockWishes } from './plan-settlements.ts';
import type { SettlementPlan } from './settlement-plan.ts';
import { writeSettlements } from './write-settlements.ts';

export interface SettleDeps {
  database: Database;
  clock: Clock;
  region: string;
  journal: IssueJournal;
  nudges: Nudges;
  stock: { adjust(skuId: number, delta: number): void };
  /** Whether buyers with a mail address are written to. */
  mailEnabled: boolean;
}

export type SettleOutcome =
  | { kind: 'settled'; orderId: string }
  | { kind: 'duplicate'; orderId: string | null }
  /** The money is on record and waits for a person. */
  | { kind: 'review'; orderId: string | null }
  /** The order had been paid already; the money goes back. */
  | { kind: 'surplus'; orderId: string };

export async function settlePayments(deps: SettleDeps, payments: readonly VerifiedPayment[]): Promise<SettleOutcome[]> {
  const plan = await deps.database.transact('payment.settle', async (tx) => {
    const settled = await settleIn(tx, deps, payments);
    passCheckpoint('settle.before-commit');
    return settled;
  });
  passCheckpoint('settle.after-commit');
  const issued = plan.issues.map(
    (issue): IssueRecord => ({ cardId: issue.cardId, orderId: issue.orderId, at: plan.now }),
  );
  await deps.journal.append(issued);
  await deps.journal.ensureRecorded(plan.issuedBefore);
  passCheckpoint('settle.after-journal');
  for (const [skuId, delta] of plan.stockChanges) deps.stock.adjust(skuId, delta);
  for (const { after } of plan.orders.values()) deps.nudges.send('order', after.id);
  if (plan.messages.length > 0) deps.nudges.send('outbox', 'settle');
  return payments.map((payment) => plan.outcomes.get(evidenceKey(payment.channel, payment.tradeNo)) as SettleOutcome);
}

async function settleIn(tx: Tx, deps: SettleDeps, payments: readonly VerifiedPayment[]): Promise<SettlementPlan> {
  const now = deps.clock.now();
  const orderIds = [...new Set(payments.flatMap((payment) => orderIdOf(payment.outTradeNo) ?? []))];
  const orders = await readOrders(tx, orderIds, { lock: true });
  // Read after the lock: whoever took in the same trade a moment ago has committed by now, and is seen.
  const onRecord = await findEvidence(tx, payments);
  const attempts = await readPayments(
    tx,
    payments.map((payment) => payment.outTradeNo),
  );
  const locked = Map.groupBy(await lockedCardsOf(tx, [...orders.keys()]), (card) => card.order_id);
  const facts = { orders, onRecord, attempts, locked, now, mailEnabled: deps.mailEnabled };
  const shelf = await pickCards(tx, deps.region, stockWishes(facts, payments));
  const plan = planSettlements({ ...facts, shelf }, payments);
  // A repeat after a crash between commit and journal: its cards must be in the journal before we answer.
  const repeated = [...onRecord.values()].flatMap((evidence) => evidence.order_id ?? []);
  plan.issuedBefore = await issuesOnRecord(tx, repeated);
  await writeSettlements(tx, plan);
  return plan;
}
