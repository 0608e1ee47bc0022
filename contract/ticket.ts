/** Tickets: orders that were recorded while the database was away. */
import { type Static, Type } from 'typebox';
import { EpochMs, OrderId } from './common.ts';
import { OrderView } from './shop.ts';

const literals = <T extends string>(values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] });

/** The answer while the database is away: 202. The order is recorded on disk; no stock is reserved, nothing is to be paid yet. */
export const TicketReceipt = Type.Object({
  ticket: Type.Object({
    id: OrderId,
    token: Type.String({ description: 'Opens the ticket, and the order once it is placed. It is shown once.' }),
    url: Type.String({ description: 'Where to ask: GET with Authorization: Bearer <token>' }),
    createdAt: EpochMs,
    says: Type.String(),
  }),
});
export type TicketReceipt = Static<typeof TicketReceipt>;

export const ticketStatuses = [
  'waiting', // on disk, waits for the database
  'placed', // now an order like any other: the token opens it
  'refused', // `problem` says why, for example sold_out
  'review', // a person looks at it
] as const;
export const TicketReply = Type.Object({
  ticket: Type.Object({
    id: OrderId,
    status: literals(ticketStatuses),
    createdAt: EpochMs,
    problem: Type.Optional(Type.Object({ code: Type.String(), title: Type.String() })),
    order: Type.Optional(OrderView),
    accessToken: Type.Optional(Type.String({ description: 'The key to the order: the one that was sent' })),
  }),
});
export type TicketReply = Static<typeof TicketReply>;
