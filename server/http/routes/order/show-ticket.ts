import { Type } from 'typebox';
import { OrderId } from '../../../../contract/common.ts';
import { type ProblemCode, problems } from '../../../../contract/problems.ts';
import { TicketReply } from '../../../../contract/ticket.ts';
import type { Context } from '../../../context.ts';
import { followTicket, isDatabaseAway, type TicketState } from '../../../order/follow-ticket.ts';
import { orderView } from '../../../order/order.ts';
import type { App } from '../../app-type.ts';
import { bearerToken } from '../../order-access.ts';
import { ProblemError } from '../../problem.ts';

export function showTicketRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'showTicket',
    tags: ['orders'],
    summary: 'What became of an order that was recorded while the database was away',
    security: [{ order: [] }],
    params: Type.Object({ id: OrderId }),
    response: { 200: TicketReply },
  };
  app.get('/api/v1/tickets/:id', { schema }, async (request): Promise<TicketReply> => {
    const token = bearerToken(request);
    if (token === undefined) throw new ProblemError('unauthorized');
    const state = await followTicket(context, request.params.id, token);
    if (state) return { ticket: viewOf(state, token) };
    // Another machine may have taken it; that cannot be told while the database is away, or before it was taken over.
    const mayTurnUp = isDatabaseAway(context) || (await context.sharedIntents.holdsAny());
    throw new ProblemError(mayTurnUp ? 'database_unavailable' : 'ticket_not_found');
  });
}

function viewOf(state: TicketState, token: string): TicketReply['ticket'] {
  const { id, createdAt, kind: status } = state;
  const said = { id, status, createdAt };
  if (state.kind === 'placed') return { ...said, order: orderView(state.order), accessToken: token };
  if (state.kind !== 'refused') return said;
  const known = state.problem in problems ? (state.problem as ProblemCode) : 'internal';
  return { ...said, problem: { code: known, title: problems[known].title } };
}
