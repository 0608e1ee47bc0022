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
import { lockFlashSales } from '../catalog/flash-sale-store.ts';
import type { Order } from '../order/order.ts';
import { readOrders } from '../order/order-store.ts';
import { passCheckpoint } from '../platform/checkpoints.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, NamedTransaction, Tx } from '../platform/db/database.ts';
import { type IssueJournal, type IssueRecord, issueRecord } from '../platform/journal/issue-journal.ts';
import type { Nudges } from '../platform/nudges.ts';
import type { VerifiedPayment } from './channel.ts';
import { evidenceKey, findEvidence } from './evidence-store.ts';
import { orderIdOf } from './payment.ts';
import { readPayments } from './payment-store.ts';
import { planSettlements, stockWishes } from './plan-settlements.ts';
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

/** What the transaction is given and what it gives back: data alone, for the thread of the embedded database. */
interface SettleInput {
  payments: readonly VerifiedPayment[];
  region: string;
  now: number;
  mailEnabled: boolean;
}
interface Settled {
  outcomes: SettleOutcome[];
  issued: IssueRecord[];
  issuedBefore: IssueRecord[];
  orderIds: string[];
  stockChanges: [number, number][];
  messages: boolean;
}

export const settleTransaction: NamedTransaction<SettleInput, Settled> = { name: 'payment.settle', run: settleIn };

export async function settlePayments(deps: SettleDeps, payments: readonly VerifiedPayment[]): Promise<SettleOutcome[]> {
  const { region, mailEnabled } = deps;
  const settled = await deps.database.run(settleTransaction, { payments, region, mailEnabled, now: deps.clock.now() });
  passCheckpoint('settle.after-commit');
  await deps.journal.append(settled.issued);
  await deps.journal.ensureRecorded(settled.issuedBefore);
  passCheckpoint('settle.after-journal');
  for (const [skuId, delta] of settled.stockChanges) deps.stock.adjust(skuId, delta);
  for (const orderId of settled.orderIds) deps.nudges.send('order', orderId);
  if (settled.messages) deps.nudges.send('outbox', 'settle');
  return settled.outcomes;
}

async function settleIn(tx: Tx, { payments, region, now, mailEnabled }: SettleInput): Promise<Settled> {
  const orderIds = [...new Set(payments.flatMap((payment) => orderIdOf(payment.outTradeNo) ?? []))];
  const orders = await readOrders(tx, orderIds, { lock: true });
  // Read after the lock: whoever took in the same trade a moment ago has committed by now, and is seen.
  const onRecord = await findEvidence(tx, payments);
  const attempts = await readPayments(
    tx,
    payments.map((payment) => payment.outTradeNo),
  );
  const locked = Map.groupBy(await lockedCardsOf(tx, [...orders.keys()]), (card) => card.order_id);
  const sales = await lockFlashSales(tx, lateSaleIds(orders.values()));
  const facts = { orders, onRecord, attempts, locked, sales, now, mailEnabled };
  const shelf = await pickCards(tx, region, stockWishes(facts, payments));
  const plan = planSettlements({ ...facts, shelf }, payments);
  await writeSettlements(tx, plan);
  // A repeat after a crash between commit and journal: its cards must be in the journal before we answer.
  const repeated = [...onRecord.values()].flatMap((evidence) => evidence.order_id ?? []);
  const issuedBefore = await issuesOnRecord(tx, repeated);
  passCheckpoint('settle.before-commit');
  return {
    outcomes: payments.map(
      (payment) => plan.outcomes.get(evidenceKey(payment.channel, payment.tradeNo)) as SettleOutcome,
    ),
    issued: plan.issues.map((issue) => issueRecord(issue, now)),
    issuedBefore,
    orderIds: [...plan.orders.keys()],
    stockChanges: [...plan.stockChanges],
    messages: plan.messages.length > 0,
  };
}

/** The sales at whose price orders were placed that have ended since: their pieces went back. */
function lateSaleIds(orders: Iterable<Order>): number[] {
  const late = [...orders].filter(({ status }) => status === 'expired' || status === 'cancelled');
  return late.flatMap(({ lines }) => lines.flatMap(({ flashSaleId }) => flashSaleId ?? []));
}
