/** Headers of every reply, and the CSP of our own pages. Synchronous and small: the order routes pass through here too. */
import type { FastifyReply } from 'fastify';
import type { Context } from '../../context.ts';
import type { App } from '../app-type.ts';

export function replyHeaders(app: App, context: Context): void {
  const secure = context.config.baseUrl.startsWith('https:');
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff');
    // Files of the shop's pages put their own value in its place.
    reply.header('cache-control', 'no-store');
    // Whoever keeps a connection to a process that stops should come back on another one.
    if (context.stopping.signal.aborted) reply.header('connection', 'close');
    if (secure) reply.header('strict-transport-security', 'max-age=31536000');
    done();
  });
}

/**
 * Inline styles are Mantine's. A payment form may post to a network's own page, and to a simulated network on this machine
 * while somebody tries the shop out.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self' https: http://127.0.0.1:* http://localhost:*",
].join('; ');

export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  // The origin alone: WeChat's H5 page lets nobody in who does not come from the merchant's registered domain.
  'referrer-policy': 'strict-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

export function asPage(reply: FastifyReply): FastifyReply {
  return reply.headers(pageHeaders);
}
