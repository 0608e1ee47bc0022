/** Who may see an order: whoever sends its access token. A wrong token and a missing order look the same. */
import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import type { Order } from '../order/order.ts';
import { mayOpen } from '../order/order-access-store.ts';
import { readOrder } from '../order/order-store.ts';
import { ProblemError } from './problem.ts';

const maxTokenLength = 200;

export async function openOrder(context: Context, request: FastifyRequest, orderId: string): Promise<Order> {
  const token = bearerToken(request);
  if (token === undefined)
    throw new ProblemError('unauthorized', 'Send the accessToken of the order: Authorization: Bearer …');
  const allowed = await mayOpen(context.database.read, orderId, token, context.clock.now());
  const order = allowed ? await readOrder(context.database.read, orderId) : undefined;
  if (!order) throw new ProblemError('order_not_found');
  return order;
}

export function bearerToken(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization;
  const match = header && header.length <= maxTokenLength ? /^Bearer ([\w.~+/=-]+)$/i.exec(header) : null;
  return match?.[1];
}
