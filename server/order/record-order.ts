/**
 * Takes an order: into the database, or, while that is away, onto the disk as an intent with a ticket. Nothing is promised
 * then but that it is tried: stock is not reserved, and there is nothing to pay yet.
 */
import { type Degrade, isAway } from '../degrade/degrade.ts';
import type { Clock } from '../platform/clock.ts';
import { accessToken } from './access-token.ts';
import { orderIntent } from './order-intent.ts';
import type { OrderDraft, PlaceOutcome } from './place-orders.ts';

export interface RecordedTicket {
  /** The number the order will have. */
  id: string;
  /** Opens the ticket, and later the order. */
  token: string;
  createdAt: number;
}

export type TakeOutcome =
  | PlaceOutcome
  | { kind: 'recorded'; ticket: RecordedTicket }
  | { kind: 'queue-full' }
  | { kind: 'too-many-recorded' };

export interface TakeDeps {
  clock: Clock;
  orders: { submit(draft: OrderDraft): Promise<PlaceOutcome> };
  degrade: Pick<Degrade, 'book' | 'recordsOrders' | 'gaveUp'>;
}

export async function takeOrder(deps: TakeDeps, draft: OrderDraft): Promise<TakeOutcome> {
  const { orders, degrade } = deps;
  if (degrade.recordsOrders()) return recordOrder(deps, draft);
  try {
    return await orders.submit(draft);
  } catch (error) {
    if (!isAway(error)) throw error;
    // It has waited as long as a request may. Perhaps it was committed after all: the same keys make it one order.
    degrade.gaveUp();
    return recordOrder(deps, draft);
  }
}

async function recordOrder({ clock, degrade: { book } }: TakeDeps, draft: OrderDraft): Promise<TakeOutcome> {
  const known = draft.idempotencyHash ? book.findByKey(draft.idempotencyHash) : undefined;
  if (known?.intent.ticket) {
    const { id, at, ticket } = known.intent;
    if (ticket.requestHash !== draft.requestHash) return { kind: 'idempotency-key-reused' };
    await book.onDisk(id);
    return {
      kind: 'recorded',
      ticket: { id, token: accessToken(ticket.salt, draft.idempotencyKey as string), createdAt: at },
    };
  }
  const intent = orderIntent(draft, clock.now());
  const outcome = await book.record(intent);
  if (outcome === 'queue-full') return { kind: 'queue-full' };
  if (outcome === 'too-many') return { kind: 'too-many-recorded' };
  return { kind: 'recorded', ticket: { id: intent.id, token: draft.access.token, createdAt: intent.at } };
}
