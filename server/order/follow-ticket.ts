/** What a ticket says: from memory and disk while its order waits, from the database once it has been dealt with. */
import type { Degrade } from '../degrade/degrade.ts';
import type { IntentOutcome } from '../degrade/intent.ts';
import { readTicket } from '../degrade/ticket-store.ts';
import type { Database } from '../platform/db/database.ts';
import { opens } from './access-token.ts';
import type { Order } from './order.ts';
import { mayOpen } from './order-access-store.ts';
import { readOrder } from './order-store.ts';

export type TicketState =
  | { kind: 'waiting'; id: string; createdAt: number }
  | { kind: 'placed'; id: string; createdAt: number; order: Order }
  | { kind: 'refused'; id: string; createdAt: number; problem: string }
  | { kind: 'review'; id: string; createdAt: number };

export interface FollowDeps {
  database: Database;
  clock: { now(): number };
  degrade: Pick<Degrade, 'book' | 'status'>;
}

/** @returns undefined for a ticket that does not exist or a token that does not open it */
export async function followTicket(deps: FollowDeps, id: string, token: string): Promise<TicketState | undefined> {
  const { book } = deps.degrade;
  // Another process of this machine may have taken it.
  if (!book.find(id)) await book.refresh();
  const entry = book.find(id);
  if (entry?.intent.ticket) {
    const { ticket, at } = entry.intent;
    if (!opens(token, ticket.tokenHash)) return undefined;
    return known(deps, id, at, entry.outcome);
  }
  // Asking a database that is away would only keep the buyer waiting.
  if (isDatabaseAway(deps)) return undefined;
  return onRecord(deps, id, token);
}

/** Degrade mode that a person switched on leaves the database to be read. */
export function isDatabaseAway({ degrade }: Pick<FollowDeps, 'degrade'>): boolean {
  return degrade.status().reasons.includes('database-away');
}

async function known(
  { database }: FollowDeps,
  id: string,
  createdAt: number,
  outcome: IntentOutcome | undefined,
): Promise<TicketState> {
  switch (outcome?.as) {
    case 'placed': {
      const order = await readOrder(database.read, outcome.orderId);
      return order ? { kind: 'placed', id, createdAt, order } : { kind: 'waiting', id, createdAt };
    }
    case 'refused':
      return { kind: 'refused', id, createdAt, problem: outcome.problem };
    case 'quarantined':
      return { kind: 'review', id, createdAt };
    case 'dropped':
      return { kind: 'refused', id, createdAt, problem: 'ticket_expired' };
    default:
      return { kind: 'waiting', id, createdAt };
  }
}

async function onRecord({ database, clock }: FollowDeps, id: string, token: string): Promise<TicketState | undefined> {
  const ticket = await readTicket(database.read, id);
  if (ticket) {
    const { createdAt, problem, status, orderId } = ticket;
    if (!opens(token, ticket.tokenHash)) return undefined;
    if (status === 'refused') return { kind: 'refused', id, createdAt, problem: problem ?? 'internal' };
    const order = orderId ? await readOrder(database.read, orderId) : undefined;
    return order ? { kind: 'placed', id, createdAt, order } : { kind: 'review', id, createdAt };
  }
  if (!(await mayOpen(database.read, id, token, clock.now()))) return undefined;
  const order = await readOrder(database.read, id);
  return order && { kind: 'placed', id, createdAt: order.createdAt, order };
}
