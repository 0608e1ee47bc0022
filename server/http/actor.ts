import type { FastifyRequest } from 'fastify';
import type { Actor } from '../platform/audit-store.ts';

/** Who is asking, for the audit log. Only on routes behind the administration's door. */
export function actorOf(request: FastifyRequest): Actor {
  if (!request.admin) throw new Error('an administration route without a caller');
  return { actor: request.admin.actor, requestId: request.id };
}
