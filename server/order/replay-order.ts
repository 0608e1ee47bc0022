/** Places an order that was recorded while the database was away, and writes down for its ticket what became of it. */
import type { ProblemCode } from '../../contract/problems.ts';
import { buyerOfSession } from '../account/session.ts';
import type { Intent, IntentOutcome } from '../degrade/intent.ts';
import { putTicket, type SettledTicketStatus } from '../degrade/ticket-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { grantKnownAccess } from './order-access-store.ts';
import { draftOf } from './order-intent.ts';
import { readOrder } from './order-store.ts';
import type { OrderDraft, PlaceOutcome } from './place-orders.ts';

export interface ReplayOrderDeps {
  database: Database;
  clock: Clock;
  orders: { submit(draft: OrderDraft): Promise<PlaceOutcome> };
  problemOf(refusal: Exclude<PlaceOutcome, { kind: 'placed' }>): ProblemCode;
  /** Past this age an order is refused, unless its buyer still asks for it. */
  maxAgeMs: number;
  stillWanted(intentId: string): boolean;
}

/** A ticket that opens an order under another number does so for as long as the order's own page may be needed. */
const accessMs = 90 * 24 * 3_600_000;

export async function replayOrder(deps: ReplayOrderDeps, intent: Intent): Promise<IntentOutcome> {
  const { database, clock, orders, problemOf, maxAgeMs, stillWanted } = deps;
  const draft = draftOf(intent);
  const tooOld = clock.now() - intent.at > maxAgeMs && !stillWanted(intent.id);
  // The one that waited in vain before it was recorded may have been placed all the same.
  if (tooOld && !(await readOrder(database.read, intent.id))) {
    await writeDown(deps, intent, 'refused', null, 'ticket_expired');
    return { as: 'refused', problem: 'ticket_expired' };
  }
  const userId =
    draft.userId ?? (draft.sessionHash ? await buyerOfSession(database.read, draft.sessionHash, intent.at) : null);
  const outcome = await orders.submit({ ...draft, userId });
  if (outcome.kind !== 'placed') {
    const problem = problemOf(outcome);
    await writeDown(deps, intent, 'refused', null, problem);
    return { as: 'refused', problem };
  }
  await writeDown(deps, intent, 'placed', outcome.order.id, null);
  return { as: 'placed', orderId: outcome.order.id };
}

/** The ticket of an intent that a person must look at. */
export async function holdTicket(deps: { database: Database; clock: Clock }, intent: Intent): Promise<void> {
  await writeDown(deps, intent, 'review', null, null);
}

/** The ticket of an intent that a person has dropped. */
export async function refuseTicket(deps: { database: Database; clock: Clock }, intent: Intent): Promise<void> {
  await writeDown(deps, intent, 'refused', null, 'ticket_expired');
}

async function writeDown(
  { database, clock }: { database: Database; clock: Clock },
  { id, at, ticket }: Intent,
  status: SettledTicketStatus,
  orderId: string | null,
  problem: string | null,
): Promise<void> {
  const tokenHash = ticket?.tokenHash ?? '';
  await database.transact('ticket.settle', async (tx) => {
    const now = clock.now();
    await putTicket(tx, { id, tokenHash, status, orderId, problem, createdAt: at }, now);
    // The same request had been placed before, under that number: the ticket opens it too.
    if (orderId && orderId !== id) await grantKnownAccess(tx, orderId, tokenHash, now, accessMs);
  });
}
