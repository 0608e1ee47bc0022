/**
 * Who may call the administration API: an owner's session (with the CSRF header for everything that changes something),
 * or an API token. Checked before the body is read, so that a stranger can make the shop do nothing.
 */
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { Scope } from '../../../contract/account.ts';
import { identifyToken } from '../../account/identify-token.ts';
import { identifySession, isCsrfToken } from '../../account/session.ts';
import type { SessionRow } from '../../account/session-store.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/audit-store.ts';
import type { App } from '../app-type.ts';
import { ProblemError } from '../problem.ts';
import { readSessionCookie } from './session-cookie.ts';

export interface AdminCaller {
  /** As the audit log names them. */
  actor: string;
  scopes: readonly Scope[];
  /** Undefined for a token. */
  session: SessionRow | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    admin: AdminCaller | null;
  }
  interface FastifyContextConfig {
    /** Set by adminRoutes, or `open` where somebody must get in who is nobody yet. */
    access?: 'admin' | 'open';
  }
}

/** A route of the administration that nobody guards stops the program at its start. */
export function refuseUnguardedRoutes(app: App): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/admin/')) routes.push(route);
  });
  app.addHook('onReady', async () => {
    const unguarded = routes.filter((route) => !route.config?.access);
    if (unguarded.length > 0)
      throw new Error(`not behind adminRoutes: ${unguarded.map((route) => route.url).join(', ')}`);
  });
}

/** Registers routes that only an administrator may call. Whatever is under /api/admin/v1 goes through here. */
export async function adminRoutes(
  app: App,
  context: Context,
  register: (scope: App) => void | Promise<void>,
): Promise<void> {
  await app.register(async (scope) => {
    scope.decorateRequest('admin', null);
    scope.addHook('onRequest', requireAdmin(context));
    scope.addHook('onRoute', (route) => {
      route.schema = { security: [{ admin: [] }], ...route.schema };
      route.config = { ...route.config, access: 'admin' };
    });
    await register(scope as App);
  });
}

/** Reading needs the scope `read`, everything else `write`. */
export function requireAdmin(context: Context) {
  return async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const caller = await identify(context, request);
    if (!caller) throw new ProblemError('unauthorized');
    if (caller.session && !reads && !isCsrfToken(caller.session, request.headers['x-csrf-token'])) {
      throw new ProblemError('csrf_failed');
    }
    if (!caller.scopes.includes('*') && !caller.scopes.includes(reads ? 'read' : 'write')) {
      throw new ProblemError('forbidden');
    }
    request.admin = caller;
  };
}

/** A bearer header that proves nothing is a refusal, even beside a good cookie. */
async function identify(context: Context, request: FastifyRequest): Promise<AdminCaller | undefined> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const secret = /^Bearer ([\w-]{20,100})$/i.exec(authorization)?.[1];
    const token = secret && (await identifyToken(context, secret));
    return token ? { actor: `token:${token.id} ${token.name}`, scopes: token.scopes, session: undefined } : undefined;
  }
  const cookie = readSessionCookie(request, 'owner');
  const session = cookie && (await identifySession(context, 'owner', cookie));
  return session ? { actor: `owner:${session.user.login}`, scopes: ['*'], session } : undefined;
}

/** Who did it and in which request, for operations that write the audit log. */
export function actorOf(request: FastifyRequest): Required<Actor> {
  if (!request.admin) throw new Error('this route is not behind adminRoutes');
  return { actor: request.admin.actor, requestId: request.id };
}

/** Tokens beget tokens only with all rights: otherwise one that may only write could make one that may also read. */
export async function requireFullAccess(request: FastifyRequest): Promise<void> {
  if (!request.admin?.scopes.includes('*')) throw new ProblemError('forbidden');
}
