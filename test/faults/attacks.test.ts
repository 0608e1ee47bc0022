/** Attacks that need no browser: on files, uploads, mails, bodies, and on the headers that keep a page safe. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createMailer } from '../../server/delivery/mailer.ts';
import { type Answer, type Caller, callerOf } from '../kit/http-call.ts';
import { newMailServer } from '../kit/mail-server.ts';
import { client, type ShopServer, startShop } from '../kit/shop-server.ts';
import { filesOfTheMachine, formulas, pollution, wayOut } from './attacks/payloads.ts';
import { jsonOf } from './attacks/planting.ts';
import { cellsOf, runsInSpreadsheet } from './attacks/spreadsheet.ts';
import { type Operation, operationsOf } from './openapi/operations.ts';

describe('attacks by HTTP', () => {
  let shop: ShopServer;
  let call: Caller;
  let admin: ReturnType<typeof client>;
  let operations: Operation[];
  let skuId: number;
  const bearer = () => ({ authorization: `Bearer ${shop.token}` });

  before(async () => {
    shop = await startShop('sqlite', {
      CARDWELL_SAMPLE_DATA: 'off',
      CARDWELL_ENV: 'development',
      CARDWELL_LIMITS: 'off',
    });
    call = callerOf(shop.address);
    admin = client(shop.address, bearer());
    operations = operationsOf((await admin('GET', '/api/openapi.json')).body);
    const product = await admin('POST', '/api/admin/v1/products', { name: formulas[0] });
    const sku = { name: formulas[1], priceMinor: 500, currency: 'CNY', delivery: 'cards' };
    skuId = (await admin('POST', `/api/admin/v1/products/${product.body.product.id}/skus`, sku)).body.sku.id;
  });
  after(() => shop.close());

  const changes = () => operations.filter((one) => one.method !== 'GET' && jsonOf(one));
  const filled = (path: string, value = '1') => path.replace(/\{\w+\}/g, value);

  test('no way out of a folder leads to a file, on any address that takes text', async () => {
    const texts = operations.filter(({ path, method }) => method === 'GET' && path.includes('{'));
    const folders = ['/', '/assets/', '/admin/', '/admin/assets/', '/api/docs/', '/pay/sandbox/', '/orders/'];
    const paths = wayOut.flatMap((way) => [
      ...folders.map((folder) => folder + way),
      ...texts.map(({ path }) => path.replace(/\{\w+\}/g, way.includes('%') ? way : encodeURIComponent(way))),
    ]);
    assert.ok(paths.length > 300, `${paths.length} addresses`);
    for (const path of paths) {
      const answer = await call({ path, headers: { ...bearer(), accept: 'text/html' } });
      assert.ok(answer.status < 500, `${path}: ${answer.status}`);
      assert.doesNotMatch(answer.text, filesOfTheMachine, path);
      // What is no file is the page of the shop, whose router says that nothing is there.
      if (answer.status === 200) assert.match(answer.text, /^<!doctype html>/i, path);
    }
  });

  test('an import takes what is text and refuses the rest line by line', async () => {
    const send = async (body: Buffer, more: Record<string, string> = {}) => {
      const headers = { ...bearer(), 'content-type': 'text/plain', ...more };
      const answer = await call({ method: 'POST', path: `/api/admin/v1/cards/import?skuId=${skuId}`, headers, body });
      return { status: answer.status, ...JSON.parse(answer.text) };
    };
    const line = await send(Buffer.concat([Buffer.alloc(24 * 1024 * 1024, 'A'), Buffer.from('\nOK-1----S\n')]));
    assert.deepEqual([line.imported, line.rejected.count], [1, 1], JSON.stringify(line));
    const columns = await send(Buffer.from(`${'a----'.repeat(1_000_000)}\nOK-2----S\n`));
    assert.deepEqual([columns.imported, columns.rejected.count], [1, 1]);
    const odd = Buffer.concat([
      Buffer.from('\ufeffOK-3----S\r\n'),
      Buffer.from('NUL\0----S\n'),
      Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x0a]),
      Buffer.from([0xc0, 0xaf, 0x2d, 0x2d, 0x2d, 0x2d, 0x53, 0x0a]),
      Buffer.from('\u202eOK-4----S\n'),
    ]);
    const mixed = await send(odd);
    assert.deepEqual([mixed.imported, mixed.rejected.count], [2, 3], JSON.stringify(mixed));
    // A compressed body is not unpacked: what it holds is no text.
    const bomb = await send(Buffer.from('1f8b0800000000000003', 'hex'), { 'content-encoding': 'gzip' });
    assert.ok(bomb.status >= 400 || bomb.imported === 0, JSON.stringify(bomb));
  });

  test('no cell of any export is run by a spreadsheet', async () => {
    const exports = operations.filter(({ method, path }) => method === 'GET' && /csv/.test(path));
    assert.ok(exports.length >= 2, exports.map(({ path }) => path).join(' '));
    await admin('POST', '/api/admin/v1/channels', {
      code: 'formula',
      kind: 'manual',
      settings: { instructions: '=1', currencies: 'CNY', waitMinutes: 1 },
    });
    for (const contact of formulas) {
      const body = { lines: [{ skuId, quantity: 1 }], contact: `${contact} ` };
      await client(shop.address)('POST', '/api/v1/orders', body);
    }
    const differences = formulas.map((text, at) => ({
      kind: 'local-only' as const,
      type: 'payment' as const,
      tradeNo: text,
      outTradeNo: text,
      refundNo: at % 2 ? text : null,
      theirsMinor: null,
      oursMinor: 5,
      currency: 'CNY',
      says: text,
    }));
    const sums = { count: 0, minor: 0 };
    const report = { channel: 'formula', date: '2026-01-01', ok: false, payments: sums, refunds: sums };
    const stored = JSON.stringify({ ...report, feesMinor: 0, matched: 0, differences });
    await shop.context.database.transact('test.report', (tx) =>
      tx
        .insertInto('bill_reports')
        .values({ channel: 'formula', bill_date: '2026-01-01', ok: 0, report: stored, made_at: 1 })
        .execute(),
    );
    let planted = 0;
    for (const { path } of exports) {
      const full = path.replace('{channel}', 'formula').replace('{date}', '2026-01-01');
      const { status, body, headers } = await admin('GET', full);
      assert.equal(status, 200, `${path} ${JSON.stringify(body)}`);
      assert.match(headers.get('content-disposition') ?? '', /^attachment; filename="[\w.-]+"$/);
      const cells = cellsOf(body);
      assert.deepEqual(cells.filter(runsInSpreadsheet), [], path);
      planted += cells.filter((cell) => /^'[=+\-@\t＝]/.test(cell)).length;
    }
    assert.ok(planted >= formulas.length, `${planted} cells were planted`);
  });

  test('a line end in a mail’s fields makes no header and no second receiver', async () => {
    const server = await newMailServer();
    const mailer = createMailer({ smtpUrl: server.url, from: 'Shop <shop@example.com>' });
    try {
      const subject = 'Shop\r\nBcc: evil@example.com\r\n\r\n<script>';
      const mail = { messageId: '<1@shop>', subject, text: 'x', html: '<p>x</p>' };
      for (const to of [
        'li@example.com\r\nBcc: evil@example.com',
        'li@example.com, evil@example.com',
        'li@example.com',
      ])
        await mailer.send({ ...mail, to }).catch(() => undefined);
      assert.ok(server.mails.length >= 1);
      for (const { raw, to } of server.mails) {
        const [head = ''] = raw.split('\r\n\r\n');
        assert.doesNotMatch(head, /^bcc:/im);
        assert.ok(!to.includes('evil@example.com'), to.join(' '));
      }
    } finally {
      mailer.close();
      await server.close();
    }
  });

  test('keys that change what every object is change nothing', async () => {
    for (const { method, path } of changes())
      for (const body of pollution) {
        const headers = { ...bearer(), 'content-type': 'application/json' };
        const answer = await call({ method, path: filled(path), headers, body: Buffer.from(body) });
        assert.ok(answer.status < 500, `${method} ${path} ${answer.text}`);
        assert.equal(({} as Record<string, unknown>).polluted, undefined, `${method} ${path}`);
      }
  });

  test('a body larger than a route takes is refused before it is read to its end', async () => {
    const headers = { ...bearer(), 'content-type': 'application/json' };
    const body = Buffer.from(JSON.stringify({ name: 'x'.repeat(1024 * 1024) }));
    for (const { method, path } of changes()) {
      const answer = await call({ method, path: filled(path), headers, body }).catch((error: Error) => error);
      // A connection cut off while we still send is a refusal too.
      if (answer instanceof Error) continue;
      assert.ok(answer.status >= 400 && answer.status < 500, `${method} ${path}: ${answer.status}`);
    }
  });

  test('text that turns, hides or breaks is kept as it is or refused, never half', async () => {
    const names = ['\u202egnp.exe', 'a\u200bb', '\ud83d', 'Z\u0300\u0301'.repeat(20), 'ＡＤＭＩＮ', '\u0000', '\u2028'];
    for (const name of names) {
      const { status, body } = await admin('POST', '/api/admin/v1/products', { name });
      assert.ok(status === 201 || status === 400, `${JSON.stringify(name)} ${status}`);
      if (status === 201) assert.equal(body.product.name, name.toWellFormed());
    }
  });

  test('every HTML answer has a policy that runs no script but files of our own', async () => {
    const pages = ['/', '/admin/', '/admin/orders', '/products/x', '/checkout', '/orders/x', '/nothing', '/api/docs'];
    const gets = operations.filter(({ method }) => method === 'GET').map(({ path }) => filled(path));
    let seen = 0;
    for (const path of [...pages, ...gets, '/pay/sandbox/x', '/assets/none.js', '/%zz']) {
      const answer = await call({ path, headers: { accept: 'text/html' }, firstBytes: true });
      if (!isHtml(answer)) continue;
      seen++;
      assertSafePolicy(answer, path);
    }
    assert.ok(seen >= 7, `${seen} pages`);
    const placed = await client(shop.address)('POST', '/api/v1/orders', {
      lines: [{ skuId, quantity: 1 }],
      contact: '<script>',
      channel: 'sandbox',
    });
    if (placed.status === 201) {
      const { pathname } = new URL(placed.body.payment.action.url);
      assertSafePolicy(await call({ path: pathname }), pathname);
    }
  });

  test("a buyer's stolen cookie changes nothing without the token that belongs to it", async () => {
    const body = { login: 'stolen@example.com', password: 'a long walk through the shop' };
    const made = await client(shop.address)('POST', '/api/v1/account/register', body);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const cookie = made.headers.get('set-cookie')?.split(';')[0] ?? '';
    const own = operations.filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/v1/account/'));
    const guarded = own.filter(({ path }) => !/register|login/.test(path));
    assert.ok(guarded.length >= 2);
    for (const { method, path } of guarded) {
      const answer = await call({
        method,
        path: filled(path),
        headers: { cookie },
        body: { current: 'x', next: 'a walk by the sea' },
      });
      assert.deepEqual([answer.status, JSON.parse(answer.text).code], [403, 'csrf_failed'], `${method} ${path}`);
    }
  });
});

const isHtml = ({ headers }: Answer): boolean => /text\/html/.test(String(headers['content-type']));

function assertSafePolicy({ headers }: Answer, path: string): void {
  const policy = String(headers['content-security-policy'] ?? '');
  const rules = new Map(policy.split(';').map((rule) => [rule.trim().split(' ')[0], rule.trim().split(' ').slice(1)]));
  const scripts = rules.get('script-src') ?? rules.get('default-src') ?? ['*'];
  assert.ok(
    scripts.every((source) => source === "'self'" || source === "'none'"),
    `${path}: scripts from ${scripts.join(' ')}`,
  );
  assert.deepEqual(rules.get('frame-ancestors'), ["'none'"], path);
  assert.deepEqual(rules.get('base-uri'), ["'none'"], path);
  assert.equal(headers['x-content-type-options'], 'nosniff', path);
}
