/** What a person makes, handed over by HTTP, on both databases: once, sealed, to its buyer alone. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { dialects } from '../kit/shop-database.ts';
import { client, startShop } from '../kit/shop-server.ts';

const base = '/api/admin/v1';
const content = 'account lin@example.com, password 海上生明月';

for (const dialect of dialects)
  suite(`delivery by hand on ${dialect}`, () => {
    test('two lines, each handed over once; the buyer reads them, the database does not', async () => {
      const open = { CARDWELL_SAMPLE_DATA: 'off', CARDWELL_ENV: 'development', CARDWELL_LIMITS: 'off' };
      const shop = await startShop(dialect, open);
      try {
        const admin = client(shop.address, { authorization: `Bearer ${shop.token}` });
        const anyone = client(shop.address);
        const product = (await admin('POST', `${base}/products`, { name: 'By hand' })).body.product;
        const made = async (name: string) => {
          const sku = { name, priceMinor: 500, currency: 'CNY', delivery: 'manual' };
          return (await admin('POST', `${base}/products/${product.id}/skus`, sku)).body.sku.id;
        };
        const lines = [
          { skuId: await made('A'), quantity: 1 },
          { skuId: await made('B'), quantity: 2 },
        ];
        const order = { lines, contact: 'li@example.com', channel: 'sandbox' };
        const placed = (await anyone('POST', '/api/v1/orders', order)).body;
        const { id } = placed.order;
        const deliver = (lineNo: number, text = content) =>
          admin('POST', `${base}/cards/deliveries/${id}`, { lineNo, content: text });
        const unpaid = await deliver(1);
        assert.equal(unpaid.status, 409, JSON.stringify(unpaid.body));

        const { pathname } = new URL(placed.payment.action.url);
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        assert.ok((await fetch(shop.address + pathname, { method: 'POST', headers, body: 'choice=pay' })).ok);
        const buyer = client(shop.address, { authorization: `Bearer ${placed.accessToken}` });
        const status = async () => (await buyer('GET', `/api/v1/orders/${id}`)).body.order.status;
        assert.equal(await status(), 'paid', 'it waits for a person');

        assert.equal((await deliver(3)).status, 404);
        // Two at once: one is what the buyer gets, the other is told.
        const both = await Promise.all([deliver(1), deliver(1, 'another')]);
        assert.deepEqual(both.map((reply) => reply.status).sort(), [200, 409], JSON.stringify(both));
        assert.equal(await status(), 'paid', 'one line still waits');
        assert.equal((await deliver(2, 'the second')).status, 200);
        assert.equal(await status(), 'delivered');

        const { cards } = (await buyer('GET', `/api/v1/orders/${id}/cards`)).body;
        const first = both[0]?.status === 200 ? content : 'another';
        for (const text of [first, 'the second']) assert.ok(JSON.stringify(cards).includes(text), text);
        const stranger = client(shop.address, { authorization: `Bearer ${'A'.repeat(43)}` });
        assert.equal((await stranger('GET', `/api/v1/orders/${id}/cards`)).status, 404);
        const rows = await shop.context.database.read.selectFrom('manual_deliveries').selectAll().execute();
        assert.equal(rows.length, 2);
        for (const row of rows) assert.ok(!Buffer.from(row.content).includes('second'), 'it is sealed');
        const log = (await admin('GET', `${base}/audit-log?orderId=${id}`)).body.entries;
        assert.ok(log.length >= 2);
        assert.ok(!JSON.stringify(log).includes('lin@example.com'), 'the log holds no content');
      } finally {
        await shop.close();
      }
    });
  });
