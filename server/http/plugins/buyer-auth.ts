/** The buyer behind a session cookie. Only the pages of an account need one; nothing of the shop does. */
import type { FastifyRequest } from 'fastify';
import { identifySession, isCsrfToken } from '../../account/session.ts';
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

/** For an order: whose account it goes to, if any. Costs nothing without a cookie, and no trouble of accounts stops a sale. */
export async function buyerIdOf(context: Context, request: FastifyRequest): Promise<number | null> {
  const cookie = readSessionCookie(request, 'buyer');
  if (!cookie) return null;
  const session = await identifySession(context, 'buyer', cookie).catch(() => undefined);
  return session?.user.id ?? null;
}
