/** The cookie a session travels in: never readable by scripts, never sent along by other sites' forms. */
import { fastifyCookie as cookies } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { NewSession } from '../../account/session.ts';
import type { UserKind } from '../../account/user-store.ts';
import type { Context } from '../../context.ts';

/** Paths keep the owner's cookie away from the shop's routes, and both away from files. */
const cookieOf: Record<UserKind, { name: string; path: string }> = {
  owner: { name: 'cardwell_owner', path: '/api/admin' },
  buyer: { name: 'cardwell_buyer', path: '/api/v1' },
};

export function readSessionCookie(request: FastifyRequest, kind: UserKind): string | undefined {
  const { cookie } = request.headers;
  return cookie ? cookies.parse(cookie)[cookieOf[kind].name] : undefined;
}

export function setSessionCookie(
  reply: FastifyReply,
  { config }: Pick<Context, 'config'>,
  kind: UserKind,
  session: Pick<NewSession, 'token' | 'maxAgeMs'> | undefined,
): void {
  const { name, path } = cookieOf[kind];
  const cookie = cookies.serialize(name, session?.token ?? '', {
    path,
    httpOnly: true,
    sameSite: 'lax',
    secure: config.baseUrl.startsWith('https:'),
    maxAge: session ? Math.floor(session.maxAgeMs / 1000) : 0,
  });
  reply.header('set-cookie', cookie);
}
