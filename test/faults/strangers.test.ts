import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { problems } from '../../contract/problems.ts';
import type { DialectName } from '../../server/platform/db/database.ts';
import { type Buyer, buyerAt, tradeFor } from '../kit/buyer.ts';
import { assertSound } from '../kit/shop-audit.ts';
import { newTestShop, type TestShop } from '../kit/test-shop.ts';
import { nastyTexts } from './openapi/schema-values.ts';

const dialects: readonly DialectName[] = ['sqlite', 'mysql'];
const orderRoutes = [
  ['GET', ''],
  ['GET', '/cards'],
  ['GET', '/events'],
  ['POST', '/cancel'],
  ['POST', '/payments'],
] as const;

for (const dialect of dialects) {
  describe(dialect, () => {
    let shop: TestShop;
    let buyer: Buyer;
    let guarded: Buyer;
    let skuId: number;

    before(async () => {
      shop = await newTestShop(dialect);
      skuId = await shop.newSku({ cards: 120 });
      const open = await shop.newProcess({ CARDWELL_DATA_DIR: shop.context.config.dataDir });
      const withLimits = await shop.newProcess({ CARDWELL_LIMITS: 'on' });
      await Promise.all([open.start(), withLimits.start()]);
      [buyer, guarded] = [buyerAt(open.origin), buyerAt(withLimits.origin)];
    });
    after(() => shop.close());

    test('an order opens with its own key alone, on every route; a wrong key and no order look the same', async () => {
      const [mine, theirs] = [(await buyer.place({ skuId })).body, (await buyer.place({ skuId })).body];
      await buyer.callback(tradeFor(theirs.payment));
      const keys = [
        mine.accessToken,
        'A'.repeat(43),
        theirs.accessToken.slice(0, -1),
        `${theirs.accessToken}A`,
        theirs.order.id,
      ];
      for (const [method, tail] of orderRoutes) {
        const ask = async (id: string, authorization?: string) => {
          const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
          const body = tail === '/payments' ? { channel: 'sandbox' } : undefined;
          const answer = await buyer.call({ method, path: `/api/v1/orders/${id}${tail}`, headers, body });
          return [answer.status, JSON.parse(answer.text).code];
        };
        for (const key of keys) assert.deepEqual(await ask(theirs.order.id, `Bearer ${key}`), [404, 'order_not_found']);
        assert.deepEqual(await ask('A0'.padEnd(28, '0'), `Bearer ${mine.accessToken}`), [404, 'order_not_found']);
        const odd = [
          undefined,
          '',
          'Bearer',
          'Bearer ',
          `Basic ${theirs.accessToken}`,
          "Bearer ' OR 1=1 --",
          `Bearer ${'A'.repeat(500)}`,
        ];
        for (const one of odd) assert.deepEqual(await ask(theirs.order.id, one), [401, 'unauthorized'], String(one));
        for (const id of ['x', "'--", 'A'.repeat(29), 'a0'.padEnd(28, '0')]) {
          assert.deepEqual(await ask(encodeURIComponent(id), `Bearer ${mine.accessToken}`), [400, 'invalid_request']);
        }
      }
      assert.equal((await buyer.show(theirs.order.id, theirs.accessToken)).body.order.status, 'delivered');
    });

    test('looking up finds one’s own orders by contact and password, and nobody else’s', async () => {
      const wish = { skuId, contact: 'Looker@Example.com', lookupPassword: 'open sesame' };
      const { body } = await buyer.place(wish);
      const { body: nopassword } = await buyer.place({ skuId, contact: wish.contact });
      const found = async (contact: string, password: string) =>
        (await buyer.lookup(contact, password)).body.orders.map(({ order }) => order.id);
      assert.deepEqual(await found(' looker@example.COM ', wish.lookupPassword), [body.order.id]);
      for (const password of ['Open sesame', 'open sesame ', "' OR '1'='1", '%', nopassword.accessToken]) {
        assert.deepEqual(await found(wish.contact, password), []);
      }
      for (const contact of ['other@example.com', '%@example.com', 'looker', "' OR 1=1 --"]) {
        assert.deepEqual(await found(contact, wish.lookupPassword), []);
      }
      const { body: again } = await buyer.lookup(wish.contact, wish.lookupPassword);
      const granted = again.orders[0]?.accessToken ?? assert.fail();
      assert.equal((await buyer.show(body.order.id, granted)).status, 200);
      assert.equal((await buyer.show(nopassword.order.id, granted)).problem.code, 'order_not_found');
    });

    test('guessing look-up passwords is stopped, for the right password too', async () => {
      const wish = { skuId, contact: 'guessed@example.com', lookupPassword: 'right' };
      await buyer.place(wish);
      for (let i = 0; i < 10; i++) assert.equal((await guarded.lookup(wish.contact, `wrong ${i}`)).status, 200);
      const refused = await guarded.lookup(' GUESSED@example.com', wish.lookupPassword);
      assert.deepEqual([refused.status, refused.problem.code], [429, 'too_many_requests']);
      assert.ok(refused.headers['retry-after']);
    });

    test('whatever stands in a text field is kept to the letter and executed nowhere', async () => {
      const usable = nastyTexts.filter((one) => /\S\s*\S/u.test(one) && [...one].length <= 120);
      assert.ok(usable.length > 15);
      for (const contact of usable) {
        const { status, text, body } = await buyer.place({ skuId, contact });
        assert.equal(status, 201, `${JSON.stringify(contact)}: ${text}`);
        const shown = await buyer.show(body.order.id, body.accessToken);
        assert.match(shown.headers['content-type'] ?? '', /^application\/json/);
        // Half of a pair is no character; no database keeps it.
        assert.equal(shown.body.order.contact, contact.trim().toWellFormed());
        assert.equal(shown.headers['set-cookie'], undefined);
        await buyer.cancel(body.order.id, body.accessToken);
      }
      for (const value of nastyTexts) {
        const path = `/api/v1/products?q=${encodeURIComponent(value.toWellFormed())}`;
        const { status, text } = await buyer.call({ path });
        assert.ok(status === 200 || JSON.parse(text).code === 'invalid_request', text);
      }
      assert.equal((await buyer.place({ skuId })).status, 201, 'the tables are still there');
    });

    test('a text that is nothing but space is no contact', async () => {
      for (const contact of ['  ', '\t\n', 'x ', '\u3000\u3000']) {
        const { status, problem } = await buyer.place({ skuId, contact });
        assert.deepEqual([status, problem.code], [400, 'invalid_request'], JSON.stringify(contact));
      }
    });

    test('values of another type are refused as they are, never read as something else', async () => {
      const good = { lines: [{ skuId, quantity: 1 }], contact: 'typed' };
      const line = (more: object) => ({ ...good, lines: [{ skuId, quantity: 1, ...more }] });
      const bodies: unknown[] = [
        ...[String(skuId), skuId + 0.5, -1, 0, null, true, [skuId], 2 ** 53].map((one) => line({ skuId: one })),
        ...['1', 1.5, 0, -1, null, true, 1e9].map((one) => line({ quantity: one })),
        ...[1, true, null, {}, ['typed']].map((contact) => ({ ...good, contact })),
        ...[{}, [], 'x', null, good.lines[0]].map((lines) => ({ ...good, lines })),
        { ...good, priceMinor: 1 },
        ...['1', 1.5, -1, true].map((one) => line({ unitPriceMinor: one })),
        line({ priceMinor: 1 }),
        { ...good, lines: Array.from({ length: 21 }, () => good.lines[0]) },
        [good],
        null,
        'x',
      ];
      for (const body of bodies) {
        const answer = await buyer.call({
          method: 'POST',
          path: '/api/v1/orders',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        });
        assert.equal(answer.status, 400, JSON.stringify(body));
        assert.equal(problems[JSON.parse(answer.text).code as 'invalid_request'].status, 400);
      }
    });

    test('a price that the buyer names is never taken: it only refuses to pay more', async () => {
      const line = { skuId, quantity: 1, unitPriceMinor: 1 };
      const answer = await buyer.call({
        method: 'POST',
        path: '/api/v1/orders',
        body: JSON.stringify({ lines: [line], contact: 'typed' }),
        headers: { 'content-type': 'application/json' },
      });
      assert.deepEqual([answer.status, JSON.parse(answer.text).code], [409, 'price_changed']);
    });

    test('a body larger than an order can be is refused', async () => {
      const { status, problem } = await buyer.place({ skuId, contact: 'x'.repeat(300_000) });
      assert.deepEqual([status, problem.code], [413, 'body_too_large']);
    });

    test('a stream has no HEAD that would hold the connection', async () => {
      const { body } = await buyer.place({ skuId });
      const headers = { authorization: `Bearer ${body.accessToken}` };
      const answer = await buyer.call({ method: 'HEAD', path: `/api/v1/orders/${body.order.id}/events`, headers });
      assert.equal(answer.status, 404);
    });

    test('the books are sound after all of it', () => assertSound(shop));
  });
}
