/** Goods that a program of the owner delivers: what it is sent, what its answers do, and what becomes of it when it fails. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { sendOutbox, tellAfterFailures } from '../../server/delivery/send-outbox.ts';
import { openCasesOfOrder } from '../../server/payment/review-store.ts';
import { secretsAreSealed } from '../../server/reconcile/audit/inv-9-store.ts';
import { outboxTopics, tellPerson } from '../../server/services/outbox-topics.ts';
import { callbackOf, callbackPath, sandboxSecret, tradeFor } from '../kit/buyer.ts';
import { dialects } from '../kit/shop-database.ts';
import { client, type ShopServer, startShop } from '../kit/shop-server.ts';

const secret = 'a-secret-between-the-two';
interface Heard {
  headers: IncomingHttpHeaders;
  text: string;
}

/** The owner's program. It answers what the test says. */
function ownersProgram() {
  const heard: Heard[] = [];
  const program = { heard, status: 200, answer: '{}', server: undefined as unknown as Server, url: '' };
  program.server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => (text += part));
    request.on('end', () => {
      heard.push({ headers: request.headers, text });
      const elsewhere = program.status === 302 ? { location: program.url } : {};
      response.writeHead(program.status, { 'content-type': 'application/json', ...elsewhere }).end(program.answer);
    });
  });
  return program;
}

for (const dialect of dialects) {
  describe(`delivery by webhook on ${dialect}`, () => {
    const program = ownersProgram();
    let shop: ShopServer;
    let ask: ReturnType<typeof client>;
    let buy: ReturnType<typeof client>;
    let skuId: number;
    before(async () => {
      await new Promise<void>((resolve) => program.server.listen(0, '127.0.0.1', resolve));
      program.url = `http://127.0.0.1:${(program.server.address() as AddressInfo).port}/deliver`;
      const env = { CARDWELL_SAMPLE_DATA: 'off', CARDWELL_LIMITS: 'off', CARDWELL_SANDBOX_SECRET: sandboxSecret };
      shop = await startShop(dialect, env, ['order', 'card', 'payment', 'admin']);
      ask = client(shop.address, { authorization: `Bearer ${shop.token}` });
      buy = client(shop.address);
      const { id } = (await ask('POST', '/api/admin/v1/products', { name: 'Game account' })).body.product;
      const buyerFields = [
        { key: 'server', label: { zh: '区服' }, kind: 'text', required: true },
        { key: 'password', label: { zh: '密码' }, kind: 'secret', required: true },
      ];
      const sku = { name: 'One', priceMinor: 700, currency: 'CNY', delivery: 'webhook', buyerFields };
      skuId = (await ask('POST', `/api/admin/v1/products/${id}/skus`, sku)).body.sku.id;
    });
    after(async () => {
      await shop.close();
      await new Promise((resolve) => program.server.close(resolve));
    });

    async function paidOrder(): Promise<{ id: string; token: string }> {
      const lines = [{ skuId, quantity: 2, fields: { server: 'cn1', password: 'pa55-word' } }];
      const { body } = await buy('POST', '/api/v1/orders', { lines, contact: 'li@example.com', channel: 'sandbox' });
      const { body: callback, headers } = callbackOf(tradeFor(body.payment));
      const paid = await fetch(shop.address + callbackPath, { method: 'POST', body: callback, headers });
      assert.equal(await paid.text(), 'success');
      return { id: body.order.id, token: body.accessToken };
    }
    /** One round of the worker; with `again` everything that waits for its next try is due now. */
    async function work(again = false): Promise<void> {
      const { context } = shop;
      if (again) {
        await context.database.transact('test.due', (tx) =>
          tx.updateTable('outbox').set({ next_at: 1 }).where('status', '=', 'pending').execute(),
        );
      }
      const { topics, close } = outboxTopics(context);
      await sendOutbox({
        ...context,
        topics,
        owner: 'test',
        tellPerson: (tx, message, error) => tellPerson(context, tx, message, error),
        settledByPerson: async () => new Set(),
      });
      close();
    }
    const show = async ({ id, token }: { id: string; token: string }, what = '') =>
      (await buy('GET', `/api/v1/orders/${id}${what}`, undefined, { authorization: `Bearer ${token}` })).body;
    const answer = (status: number, body: unknown) => Object.assign(program, { status, answer: JSON.stringify(body) });
    const put = (body: object) => ask('PUT', `/api/admin/v1/skus/${skuId}/webhook`, body);

    test('until it is set up the order waits; the secret never comes back; a test says what came back', async () => {
      const path = `/api/admin/v1/skus/${skuId}/webhook`;
      assert.equal((await ask('GET', path)).body.webhook, null);
      assert.equal((await ask('POST', `${path}/test`)).status, 404);
      assert.equal((await put({ url: program.url })).body.errors[0].path, 'body/secret');
      assert.equal((await put({ url: 'ftp://example.com/x', secret })).status, 400);
      const order = await paidOrder();
      await work();
      assert.equal((await show(order)).order.status, 'paid');
      const set = await put({ url: program.url, secret });
      assert.deepEqual(set.body.webhook, { url: program.url, hasSecret: true });
      answer(500, {});
      assert.match((await ask('POST', `${path}/test`)).body.reason, /status 500/);
      answer(200, { status: 'accepted' });
      assert.deepEqual((await ask('POST', `${path}/test`)).body, { ok: true, outcome: 'accepted' });
      answer(200, { status: 'delivered', content: 'ACCOUNT-0' });
      await work(true);
      assert.equal((await show(order)).order.status, 'delivered');
    });

    test('it is sent the order, signed, without secrets; what it delivers is sealed and shown', async () => {
      program.heard.length = 0;
      answer(200, { status: 'delivered', content: ' ACCOUNT-1 / pw-1 ' });
      const order = await paidOrder();
      await work();
      const [heard, ...more] = program.heard;
      assert.ok(heard && more.length === 0);
      const body = JSON.parse(heard.text);
      assert.deepEqual(body.fields, { server: 'cn1' });
      assert.deepEqual(body.secretFields, ['password']);
      assert.ok(!heard.text.includes('pa55-word'));
      assert.deepEqual([body.order.id, body.line.quantity, body.line.amountMinor], [order.id, 2, 1400]);
      const timestamp = heard.headers['x-cardwell-timestamp'];
      const digest = createHmac('sha256', secret).update(`${timestamp}.${heard.text}`).digest('hex');
      assert.equal(heard.headers['x-cardwell-signature'], `sha256=${digest}`);
      assert.equal(heard.headers['x-cardwell-id'], `webhook:${order.id}:1`);
      assert.equal((await show(order)).order.status, 'delivered');
      assert.equal((await show(order, '/cards')).cards[0].secret, 'ACCOUNT-1 / pw-1');
      assert.equal((await secretsAreSealed.run(shop.context as never)).found, 0);
      await work(true);
      assert.equal(program.heard.length, 1, 'delivered once');
    });

    test('accepted, it waits for a person or a program', async () => {
      answer(202, {});
      program.answer = '';
      const order = await paidOrder();
      await work();
      assert.equal((await show(order)).order.status, 'paid');
      const path = `/api/admin/v1/cards/deliveries/${order.id}`;
      assert.equal((await ask('POST', path, { lineNo: 1, content: 'by hand' })).status, 200);
      assert.equal((await show(order, '/cards')).cards[0].secret, 'by hand');
    });

    test('failing it is tried again under the same id, a person is told, and it is delivered in the end', async () => {
      program.heard.length = 0;
      const order = await paidOrder();
      const failures: [number, unknown][] = [
        [500, {}],
        [404, { status: 'delivered', content: 'x' }],
        [302, {}],
        [200, {}],
        [200, { status: 'delivered' }],
        [200, { status: 'delivered', content: 'x'.repeat(5000) }],
        [200, { status: 'delivered', content: 'x'.repeat(20_000) }],
        [200, 'delivered'],
      ];
      for (let i = 0; i < tellAfterFailures; i++) {
        answer(...(failures[i % failures.length] as [number, unknown]));
        assert.equal((await openCasesOfOrder(shop.context.database.read, order.id)).length, 0);
        await work(true);
      }
      const [found, ...more] = await openCasesOfOrder(shop.context.database.read, order.id);
      assert.deepEqual([found?.kind, more], ['delivery_failed', []]);
      assert.ok(!JSON.stringify(found?.detail).includes('xxx'));
      assert.equal(new Set(program.heard.map(({ headers }) => headers['x-cardwell-id'])).size, 1);
      answer(200, { status: 'delivered', content: 'at last' });
      await work(true);
      assert.equal((await show(order, '/cards')).cards[0].secret, 'at last');
    });

    test('money that went back, or a delivery by hand, is not asked for any more', async () => {
      program.heard.length = 0;
      answer(200, { status: 'delivered', content: 'too late' });
      const order = await paidOrder();
      const refund = await ask('POST', `/api/admin/v1/orders/${order.id}/refunds`, {
        reason: 'changed their mind',
        mode: 'recorded',
      });
      assert.equal(refund.status, 202, JSON.stringify(refund.body));
      await work(true);
      await work(true);
      assert.equal((await show(order)).order.status, 'refunded');
      assert.equal(program.heard.length, 0);
    });
  });
}

test('in production an address inside is refused', async () => {
  const shop = await startShop('sqlite', { CARDWELL_SAMPLE_DATA: 'off', CARDWELL_INSIDE_TARGETS: '' });
  try {
    const ask = client(shop.address, { authorization: `Bearer ${shop.token}` });
    const { id } = (await ask('POST', '/api/admin/v1/products', { name: 'One' })).body.product;
    const sku = { name: 'One', priceMinor: 700, currency: 'CNY', delivery: 'webhook' };
    const skuId = (await ask('POST', `/api/admin/v1/products/${id}/skus`, sku)).body.sku.id;
    for (const url of [
      'http://example.com/x',
      'https://127.0.0.1/x',
      'https://10.0.0.1/',
      'https://169.254.169.254/',
      'https://localhost/x',
    ]) {
      const { status, body } = await ask('PUT', `/api/admin/v1/skus/${skuId}/webhook`, { url, secret });
      assert.deepEqual([status, body.errors?.[0]?.path], [400, 'body/url'], url);
    }
  } finally {
    await shop.close();
  }
});
