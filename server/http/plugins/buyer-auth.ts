/** The buyer behind a session cookie. Only the pages of an account need one; nothing of the shop does. */
import type { FastifyRequest } from 'fastify';
import { identifySession, isCsrfToken, sessionHash } from '../../account/session.ts';
import type { SessionRow } from '../../account/session-store.ts';
import type { Context } from '../../context.ts';
import { ProblemError } from '../problem.ts';
import { readSessionCookie } from './session-cookie.ts';

export async function requireBuyer(context: Context, request: FastifyRequest): Promise<SessionRow> {
  const cookie = readSessionCookie(request, 'buyer');
  const session = cookie && (await identifySession(context, 'buyer', cookie));
  if (!session) throw new ProblemError('unauthorized');
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!reads && !isCsrfToken(session, request.headers['x-csrf-token'])) throw new ProblemError('csrf_failed');
  return session;
}

export interface OrderingBuyer {
  userId: number | null;
  /** What could not be looked up now. */
  sessionHash: string | null;
}

/** For an order: whose account it goes to, if any. Costs nothing without a cookie, and no trouble of accounts stops a sale. */
export async function orderingBuyer(context: Context, request: FastifyRequest): Promise<OrderingBuyer> {
  const cookie = readSessionCookie(request, 'buyer');
  if (!cookie) return { userId: null, sessionHash: null };
  const unknown = { userId: null, sessionHash: sessionHash(cookie) };
  if (context.degrade.mode() === 'degraded') return unknown;
  try {
    const session = await identifySession(context, 'buyer', cookie);
    return { userId: session?.user.id ?? null, sessionHash: null };
  } catch {
    return unknown;
  }
}
