/** For routes that take secrets out of the shop: only a person, and only shortly after they proved who they are. */
import type { FastifyRequest } from 'fastify';
import { isProved } from '../../account/prove-again.ts';
import type { Clock } from '../../platform/clock.ts';
import { ProblemError } from '../problem.ts';
import { personOf } from './admin-auth.ts';

/** A `preHandler`, behind the door of the administration. */
export function requireRecentProof({ clock }: { clock: Clock }) {
  return async (request: FastifyRequest): Promise<void> => {
    if (!isProved(personOf(request).session, clock.now())) throw new ProblemError('proof_needed');
  };
}
