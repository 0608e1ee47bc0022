/**
 * The shop's own pages: files of the web build, and the page itself for every address that the browser's router knows.
 * Without a build the API still works; then there simply are no pages.
 */
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyRequest } from 'fastify';
import type { App } from '../app-type.ts';
import { ProblemError } from '../problem.ts';
import { asPage } from './reply-headers.ts';

/** Files under assets/ have a hash of their content in the name. */
const immutable = 'public, max-age=31536000, immutable';
const ask = 'no-cache';

export interface Site {
  /** Where it stands: `/` or `/admin/`. */
  prefix: string;
  /** The folder of its build. */
  folder: string;
}

export async function pages(app: App, sites: readonly Site[]): Promise<void> {
  const built = sites.filter(({ folder }) => existsSync(join(folder, 'index.html')));
  for (const [index, { prefix, folder }] of built.entries()) {
    await app.register(fastifyStatic, {
      root: folder,
      prefix,
      decorateReply: index === 0,
      // Named files only: whatever else is asked for under this prefix is the router's, and falls to the handler below.
      wildcard: false,
      index: false,
      cacheControl: false,
      preCompressed: true,
      schemaHide: true,
      setHeaders(reply, path) {
        asPage(reply).header('cache-control', path.includes(`${sep}assets${sep}`) ? immutable : ask);
      },
    });
  }
  const longestFirst = [...built].sort((a, b) => b.prefix.length - a.prefix.length);
  app.setNotFoundHandler((request, reply) => {
    const path = `${request.url.split('?')[0]}/`;
    const site = wantsPage(request) && longestFirst.find(({ prefix }) => path.startsWith(prefix));
    if (!site) throw new ProblemError('not_found');
    return asPage(reply).header('cache-control', ask).sendFile('index.html', site.folder, { cacheControl: false });
  });
}

function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (/^\/(api|assets|metrics|healthz|readyz)(\/|$|\?)/.test(url)) return false;
  // The front doors open for everybody who knocks: monitors and curl send no wish for HTML.
  if (/^\/(admin\/?)?(\?|$)/.test(url)) return true;
  return headers.accept?.includes('text/html') ?? false;
}
