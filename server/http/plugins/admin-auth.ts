/**
 * Who may call the administration API: a person's session (with the CSRF header for everything that changes something),
 * or an API token, each for the actions that contract/permissions.ts gives them. Checked before the body is read, so that
 * a stranger can make the shop do nothing.
 */
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { Scope, TokenView } from '../../../contract/account.ts';
import { type Action, actions, roleMay, type StaffRole, tokenMay } from '../../../contract/permissions.ts';
import { actorName } from '../../account/actor-name.ts';
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
  /** Null for a token, and for a role that this program does not know. */
  role: StaffRole | null;
  may(action: Action): boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    admin: AdminCaller | null;
  }
  interface FastifyContextConfig {
    /** Set by adminRoutes, or `open` where somebody must get in who is nobody yet. */
    access?: 'admin' | 'open';
    /** What a caller must be allowed to do. Every route of the administration names one. */
    action?: Action;
  }
}

/** A route of the administration that nobody guards, or that does not say what it does, stops the program at its start. */
export function refuseUnguardedRoutes(app: App): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/admin/')) routes.push(route);
  });
  app.addHook('onReady', async () => {
    const unguarded = routes.filter(({ config }) => config?.access !== 'open' && !isGuarded(config));
    if (unguarded.length > 0)
      throw new Error(
        `not behind adminRoutes, or without an action: ${unguarded.map((route) => route.url).join(', ')}`,
      );
  });
}

function isGuarded(config: RouteOptions['config']): boolean {
  return config?.access === 'admin' && config.action !== undefined && actions.includes(config.action);
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
      route.schema = {
        security: [{ admin: [] }],
        ...route.schema,
        'x-action': route.config?.action,
      } as typeof route.schema;
      route.config = { ...route.config, access: 'admin' };
    });
    await register(scope as App);
  });
}

export function requireAdmin(context: Context) {
  return async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const caller = await identify(context, request);
    if (!caller) throw new ProblemError('unauthorized');
    if (caller.session && !reads && !isCsrfToken(caller.session, request.headers['x-csrf-token'])) {
      throw new ProblemError('csrf_failed');
    }
    const { action } = request.routeOptions.config;
    if (!action || !caller.may(action)) throw new ProblemError('forbidden');
    request.admin = caller;
  };
}

/** A bearer header that proves nothing is a refusal, even beside a good cookie. */
async function identify(context: Context, request: FastifyRequest): Promise<AdminCaller | undefined> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const secret = /^Bearer ([\w-]{20,100})$/i.exec(authorization)?.[1];
    const token = secret && (await identifyToken(context, secret));
    return token ? tokenCaller(token) : undefined;
  }
  const cookie = readSessionCookie(request, 'owner');
  const session = cookie && (await identifySession(context, 'owner', cookie));
  return session ? personCaller(session) : undefined;
}

function tokenCaller({ id, name, scopes }: TokenView): AdminCaller {
  const may = (action: Action) => tokenMay(scopes, action);
  return { actor: `token:${id} ${name}`, scopes, session: undefined, role: null, may };
}

function personCaller(session: SessionRow): AdminCaller {
  const { role } = session.user;
  const may = (action: Action) => role !== null && roleMay(role, action);
  return { actor: actorName(session.user), scopes: role === 'owner' ? ['*'] : [], session, role, may };
}

/** Who did it and in which request, for operations that write the audit log. */
export function actorOf(request: FastifyRequest): Required<Actor> {
  if (!request.admin) throw new Error('this route is not behind adminRoutes');
  return { actor: request.admin.actor, requestId: request.id };
}

/** For what belongs to a person: a password, a session, people themselves. */
export function personOf(request: FastifyRequest): { session: SessionRow; requestId: string } {
  const session = request.admin?.session;
  if (!session) throw new ProblemError('forbidden', 'Only a person may do this, not a token.');
  return { session, requestId: request.id };
}
