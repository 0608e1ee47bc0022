/** What stands at the door of every process: health, metrics, documentation, pages and their security headers. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { isInside } from '../../server/http/plugins/metrics-route.ts';
import { storefrontFolder } from '../../server/paths.ts';
import { client, type ShopServer, startShop } from '../kit/shop-server.ts';

let shop: ShopServer;
let get: (path: string, headers?: Record<string, string>) => ReturnType<ReturnType<typeof client>>;
before(async () => {
  shop = await startShop('sqlite');
  const ask = client(shop.address);
  get = (path, headers) => ask('GET', path, undefined, headers);
});
after(() => shop.close());

const html = { accept: 'text/html,application/xhtml+xml' };

test('alive and ready; when it stops it says so before it is gone', async (t) => {
  assert.deepEqual((await get('/healthz')).body, { status: 'ok' });
  assert.deepEqual((await get('/readyz')).body, { status: 'ok' });
  const other = await startShop('sqlite');
  t.after(() => other.close());
  other.context.stopping.abort();
  const stopping = await client(other.address)('GET', '/readyz');
  assert.deepEqual([stopping.status, stopping.body.code], [503, 'shutting_down']);
  assert.equal((await client(other.address)('GET', '/healthz')).status, 200);
});

test('without a database only what takes no orders is taken out of the balance', async (t) => {
  for (const [only, status, says] of [
    [['admin'], 503, undefined],
    [['order'], 200, 'waiting'],
  ] as const) {
    const other = await startShop('sqlite', {}, only);
    t.after(() => other.close().catch(() => undefined));
    await other.context.database.close();
    const reply = await client(other.address)('GET', '/readyz');
    assert.deepEqual([reply.status, reply.body.status === 503 ? undefined : reply.body.status], [status, says]);
    if (status === 503) assert.equal(reply.body.code, 'database_unavailable');
  }
});

test('replies of the API are neither sniffed nor stored', async () => {
  for (const path of ['/api/v1/shop', '/api/v1/products', '/api/v1/nothing', '/api/admin/v1/products']) {
    const { headers } = await get(path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('strict-transport-security'), null);
  }
});

test('metrics count requests by route, and are told to neighbours only', async () => {
  const metrics = await get('/metrics');
  assert.match(metrics.body, /cardwell_request_seconds_count\{route="\/api\/v1\/shop",status="2xx"\} 1/);
  assert.equal((await get('/metrics', { 'x-forwarded-for': '203.0.113.9' })).status, 403);
  const addresses = [
    '127.0.0.1',
    '::1',
    '::ffff:10.1.2.3',
    '192.168.1.1',
    'fd00::1',
    '8.8.8.8',
    '::ffff:8.8.8.8',
    '2001:db8::1',
  ];
  assert.deepEqual(addresses.map(isInside), [true, true, true, true, true, false, false, false]);
});

test('the API describes itself, and its page takes everything from here', async () => {
  const document = (await get('/api/openapi.json')).body;
  const ids = new Map<string, string>();
  for (const [path, methods] of Object.entries<Record<string, { operationId: string; summary: string }>>(
    document.paths,
  )) {
    for (const operation of Object.values(methods)) {
      assert.ok(operation.operationId && operation.summary, path);
      // A callback is one operation, whichever method its channel uses.
      assert.ok((ids.get(operation.operationId) ?? path) === path, `${operation.operationId} stands twice`);
      ids.set(operation.operationId, path);
    }
  }
  assert.ok(ids.size > 60);
  assert.deepEqual(document.paths['/api/admin/v1/products'].get.security, [{ admin: [] }]);
  const page = await get('/api/docs', html);
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'self'(;|$)/);
  assert.doesNotMatch(page.body, /https?:\/\/|<script>|onload/);
  const reply = await fetch(`${shop.address}/api/docs/scalar.js`);
  assert.match(await reply.text(), /createApiReference/);
  const raw = await fetch(`${shop.address}/api/docs/start.js`);
  assert.match(await raw.text(), /openapi\.json/);
});

test('pages of the shop: every address of its router, files that never change, and the headers of both', async () => {
  for (const path of ['/', '/products/anything', '/orders/A0?x=1', '/admin-like']) {
    const page = await get(path, html);
    assert.equal(page.status, 200, path);
    assert.match(page.body, /<div id="root">/);
    assert.equal(page.headers.get('cache-control'), 'no-cache');
    const policy = page.headers.get('content-security-policy') ?? '';
    for (const part of ["default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) {
      assert.ok(policy.split('; ').includes(part), part);
    }
    assert.equal(page.headers.get('referrer-policy'), 'strict-origin');
    assert.ok(page.headers.get('permissions-policy'));
  }
  const asset = readdirSync(join(storefrontFolder, 'assets')).find((name) => name.endsWith('.js'));
  const file = await get(`/assets/${asset}`);
  assert.equal(file.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.match(file.headers.get('content-type') ?? '', /javascript/);
  for (const path of [
    '/api/v1/nothing',
    '/api/nothing',
    '/assets/nothing.js',
    '/assets/../../package.json',
    '/..%2f..%2fpackage.json',
  ]) {
    const missing = await get(path, path.includes('package') ? {} : html);
    assert.deepEqual([missing.status, missing.body.code], [404, 'not_found'], path);
  }
  assert.equal((await get('/products/anything', { accept: 'application/json' })).status, 404);
});

test('a shop on https tells browsers to stay there', async (t) => {
  const other = await startShop('sqlite', { BASE_URL: 'https://shop.example' });
  t.after(() => other.close());
  const { headers } = await client(other.address)('GET', '/api/v1/shop');
  assert.match(headers.get('strict-transport-security') ?? '', /max-age=\d{8}/);
});

test('the compressed script of the documentation is what it says it is', async () => {
  const { request } = await import('node:http');
  const raw = await new Promise<Buffer>((resolve, reject) => {
    request(`${shop.address}/api/docs/scalar.js`, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
    })
      .on('error', reject)
      .end();
  });
  assert.match(gunzipSync(raw).subarray(0, 100).toString(), /function/);
});

test('a browser that a payment network sends back by POST is led to the page of the order', async () => {
  const reply = await fetch(`${shop.address}/orders/CN01`, {
    method: 'POST',
    body: new URLSearchParams({ respCode: '00', signature: 'whatever' }),
    redirect: 'manual',
  });
  assert.deepEqual([reply.status, reply.headers.get('location')], [303, '/orders/CN01']);
});
