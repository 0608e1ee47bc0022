/** The cookie a session travels in: never readable by scripts, never sent along by other sites' forms. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SessionReply } from '../../../contract/account.ts';
import type { NewSession } from '../../account/session.ts';
import type { User, UserKind } from '../../account/user-store.ts';
import type { Context } from '../../context.ts';

/** Paths keep the owner's cookie away from the shop's routes, and both away from files. */
const cookieOf: Record<UserKind, { name: string; path: string }> = {
  owner: { name: 'cardwell_owner', path: '/api/admin' },
  buyer: { name: 'cardwell_buyer', path: '/api/v1' },
};

export function readSessionCookie(request: FastifyRequest, kind: UserKind): string | undefined {
  const start = `${cookieOf[kind].name}=`;
  const pairs = request.headers.cookie?.split(';').map((pair) => pair.trim()) ?? [];
  // Our tokens are base64url: nothing in them is ever quoted or escaped.
  return pairs.find((pair) => pair.startsWith(start))?.slice(start.length);
}

export function setSessionCookie(
  reply: FastifyReply,
  { config }: Pick<Context, 'config'>,
  kind: UserKind,
  session: Pick<NewSession, 'token' | 'maxAgeMs'> | undefined,
): void {
  const { name, path } = cookieOf[kind];
  const maxAgeS = session ? Math.floor(session.maxAgeMs / 1000) : 0;
  const parts = [`${name}=${session?.token ?? ''}`, `Max-Age=${maxAgeS}`, `Path=${path}`, 'HttpOnly', 'SameSite=Lax'];
  if (config.baseUrl.startsWith('https:')) parts.push('Secure');
  reply.header('set-cookie', parts.join('; '));
}

/** The reply to whoever has just proved who they are: the cookie, and what our own page needs beside it. */
export function sendSession(
  reply: FastifyReply,
  context: Pick<Context, 'config'>,
  kind: UserKind,
  { session, user }: { session: NewSession; user: User },
): FastifyReply {
  setSessionCookie(reply, context, kind, session);
  const { id, login, displayName } = user;
  return reply.send({ user: { id, login, displayName }, csrfToken: session.csrfToken } satisfies SessionReply);
}
