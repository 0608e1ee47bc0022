/**
 * /api/openapi.json and /api/docs. Scalar's page and script come from its package, so the page works without the internet; its
 * 4 MB are loaded at the first visit only (measured: 0.4 s and 40 MB that a start need not spend).
 */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import fastify from 'fastify';
import type { App } from '../app-type.ts';
import { asPage } from './reply-headers.ts';

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Cardwell API</title>
  </head>
  <body>
    <div id="app"></div>
    <script src="/api/docs/scalar.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;
/** Nothing here may call home: no fonts, no telemetry, no proxy, no assistant. */
const configuration = {
  url: '/api/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
};
const startScript = `Scalar.createApiReference('#app', ${JSON.stringify(configuration)});\n`;

async function scalarScript(): Promise<Buffer> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const inner = fastify();
  await inner.register(scalar, { routePrefix: '/', configuration: { url: configuration.url } });
  const reply = await inner.inject('/js/scalar.js');
  await inner.close();
  if (reply.statusCode !== 200) throw new Error(`the script of the API page is not where it was: ${reply.statusCode}`);
  return promisify(gzip)(reply.rawPayload);
}

export function apiDocs(app: App): void {
  let script: Promise<Buffer> | undefined;
  const schema = { hide: true };
  app.get('/api/openapi.json', { schema }, () => app.swagger());
  app.get('/api/docs', { schema }, (_request, reply) => asPage(reply).type('text/html; charset=utf-8').send(page));
  app.get('/api/docs/start.js', { schema }, (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(startScript),
  );
  app.get('/api/docs/scalar.js', { schema }, async (_request, reply) => {
    script ??= scalarScript();
    return reply
      .type('text/javascript; charset=utf-8')
      .header('content-encoding', 'gzip')
      .header('cache-control', 'public, max-age=86400')
      .send(await script);
  });
}
