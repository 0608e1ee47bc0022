/** Cards over the administration API, the samples' way out, and coupons under a rush. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { firstStart } from '../../server/first-start.ts';
import { dialects } from '../kit/shop-database.ts';
import { client, type ShopServer, startShop } from '../kit/shop-server.ts';

for (const dialect of dialects) {
  suite(`card administration on ${dialect}`, () => {
    let shop: ShopServer;
    let admin: ReturnType<typeof client>;
    let anyone: ReturnType<typeof client>;
    let skuId = 0;
    before(async () => {
      shop = await startShop(dialect);
      admin = client(shop.address, { authorization: `Bearer ${shop.token}` });
      anyone = client(shop.address);
      await firstStart(shop.context);
      const { product } = (await admin('POST', '/api/admin/v1/products', { name: 'Mine' })).body;
      const sku = { name: 'One', priceMinor: 1000, currency: 'CNY', delivery: 'cards' };
      skuId = (await admin('POST', `/api/admin/v1/products/${product.id}/skus`, sku)).body.sku.id;
    });
    after(() => shop.close());

    const upload = async (text: string, query: string, contentType = 'text/plain') => {
      const headers = { authorization: `Bearer ${shop.token}`, 'content-type': contentType };
      const address = `${shop.address}/api/admin/v1/cards/import?${query}`;
      const reply = await fetch(address, { method: 'POST', body: text, headers });
      return { status: reply.status, body: (await reply.json()) as Record<string, never> };
    };
    const stockShown = async () => (await anyone('GET', '/api/v1/products/mine')).body.product.skus[0].stock;

    test('an import reports every line, and what is in shows in the shop', async () => {
      const lines = ['N-1----S-1', 'N-2----S-2', 'N-1----S-1', '', 'N-3----'];
      const report = await upload(lines.join('\n'), `skuId=${skuId}&source=first.txt`);
      assert.equal(report.status, 200);
      const { batchId, ...counts } = report.body;
      assert.deepEqual(counts, {
        total: 4,
        imported: 2,
        duplicates: { count: 1, lines: [3] },
        rejected: { count: 1, lines: [{ line: 5, reason: 'empty-secret' }] },
      });
      assert.equal(await stockShown(), 2);
      const { batches } = (await admin('GET', `/api/admin/v1/cards/batches?skuId=${skuId}`)).body;
      assert.deepEqual([batches[0].id, batches[0].source, batches[0].status], [batchId, 'first.txt', 'finished']);
    });

    test('an import that cannot be is refused before it is read', async () => {
      assert.equal((await upload('x', 'skuId=99999')).body.code, 'sku_not_found');
      assert.equal((await upload('x', `skuId=${skuId}&separator=%0A`)).body.code, 'import_rejected');
      assert.equal((await upload('x', 'skuId=zero')).body.code, 'invalid_request');
      assert.equal((await upload('{}', `skuId=${skuId}`, 'application/json')).body.code, 'unsupported_media_type');
    });

    test('cards are found by number, moved with a reason, and never shown', async () => {
      const found = await admin('POST', '/api/admin/v1/cards/find', { number: 'N-1' });
      assert.equal(found.body.card.status, 'available');
      const { id } = found.body.card;
      const listed = await admin('GET', `/api/admin/v1/cards?skuId=${skuId}`);
      assert.equal(listed.body.cards.length, 2);
      assert.doesNotMatch(JSON.stringify([listed.body, found.body]), /N-1|S-1/);
      const move = (how: string) =>
        admin('POST', `/api/admin/v1/cards/${how}`, { ids: [id, 999_999], reason: 'a look' });
      const moved = (await move('quarantine')).body;
      assert.deepEqual(moved, { moved: [id], refused: [{ cardId: 999_999, why: 'card-not-found' }] });
      assert.equal(await stockShown(), 1);
      assert.deepEqual((await move('restore')).body.moved, [id]);
      assert.deepEqual((await move('withdraw')).body.moved, [id]);
      const log = (await admin('GET', `/api/admin/v1/audit-log?subject=card:${id}`)).body.entries;
      assert.deepEqual(
        log.map((entry: { action: string; reason: string }) => [entry.action, entry.reason]),
        ['withdraw', 'restore', 'quarantine'].map((how) => [`card.${how}`, 'a look']),
      );
      const { stock } = (await admin('GET', `/api/admin/v1/cards/stock?skuId=${skuId}`)).body;
      assert.deepEqual([stock[0].imported, stock[0].drift, stock[0].counts.withdrawn], [2, 0, 1]);
      assert.equal(
        (await admin('POST', '/api/admin/v1/cards/find', { number: 'nothing' })).body.code,
        'card_not_found',
      );
    });

    test('a loop card is set for loop variants only', async () => {
      const { product } = (await admin('POST', '/api/admin/v1/products', { name: 'Loop' })).body;
      const sku = { name: 'One', priceMinor: 1000, currency: 'CNY', delivery: 'loop' };
      const loop = (await admin('POST', `/api/admin/v1/products/${product.id}/skus`, sku)).body.sku;
      const set = (id: number) => admin('PUT', '/api/admin/v1/cards/loop', { skuId: id, secret: 'https://x/' });
      assert.deepEqual([(await set(loop.id)).status, (await set(skuId)).body.code], [204, 'card_state_conflict']);
      assert.equal((await set(99_999)).body.code, 'sku_not_found');
    });

    test('the samples go; what was ordered or set aside stays, out of sale, with its cards', async () => {
      const { products } = (await anyone('GET', '/api/v1/products?pageSize=100')).body;
      const samples = products.filter((one: { isSample: boolean }) => one.isSample);
      assert.equal(samples.length, 8);
      const skuOf = (slug: string) => samples.find((one: { slug: string }) => one.slug === slug).skus[0].id;
      const orderOf = (id: number) => ({ lines: [{ skuId: id, quantity: 1 }], contact: 'someone@example.com' });
      const ordered = skuOf('sample-inkstone-notes');
      const order = orderOf(ordered);
      for (const id of [ordered, skuOf('sample-dragonridge-pack')]) {
        assert.equal((await anyone('POST', '/api/v1/orders', orderOf(id))).status, 201);
      }
      const [card] = (await admin('GET', `/api/admin/v1/cards?skuId=${skuOf('sample-aurora-photo')}`)).body.cards;
      await admin('POST', '/api/admin/v1/cards/quarantine', { ids: [card.id], reason: 'a look' });
      const removed = await admin('DELETE', '/api/admin/v1/sample-data');
      assert.deepEqual(removed.body, { deleted: 5, archived: 3 });
      const left = (await anyone('GET', '/api/v1/products?pageSize=100')).body;
      assert.deepEqual(
        left.products.map((one: { slug: string }) => one.slug),
        ['mine', 'loop'],
      );
      assert.equal((await anyone('GET', '/api/v1/shop')).body.hasSampleData, false);
      assert.equal((await anyone('POST', '/api/v1/orders', order)).body.code, 'sku_unavailable');
      const { stock } = (await admin('GET', '/api/admin/v1/cards/stock')).body;
      assert.ok(stock.every((row: { drift: number }) => row.drift === 0));
      const kept = stock.find((row: { skuId: number }) => row.skuId === ordered);
      assert.deepEqual([kept.imported, kept.counts.locked], [1000, 1]);
      await firstStart(shop.context);
      assert.equal((await anyone('GET', '/api/v1/products')).body.total, 2);
      assert.deepEqual((await admin('DELETE', '/api/admin/v1/sample-data')).body, { deleted: 0, archived: 3 });
    });

    test('twenty orders at once cannot use a coupon of ten uses eleven times; who gives up gives the use back', async () => {
      const { product } = (await admin('POST', '/api/admin/v1/products', { name: 'Rush' })).body;
      const sku = { name: 'One', priceMinor: 1001, currency: 'CNY', delivery: 'manual' };
      const { id: rush } = (await admin('POST', `/api/admin/v1/products/${product.id}/skus`, sku)).body.sku;
      const { coupon } = (
        await admin('POST', '/api/admin/v1/coupons', { code: 'RUSH', kind: 'percent', value: 50, maxUses: 10 })
      ).body;
      const use = (n: number) =>
        anyone('POST', '/api/v1/orders', {
          lines: [{ skuId: rush, quantity: 1 }],
          contact: `rush${n}@example.com`,
          couponCode: 'rush',
        });
      const replies = await Promise.all(Array.from({ length: 20 }, (_, n) => use(n)));
      const good = replies.filter((one) => one.status === 201);
      assert.equal(good.length, 10);
      assert.ok(good.every(({ body }) => body.order.discountMinor === 500 && body.order.totalMinor === 501));
      const others = replies.filter((one) => one.status !== 201).map((one) => one.body.code);
      assert.deepEqual(new Set(others), new Set(['coupon_invalid']));
      for (const { body } of good.slice(0, 2)) {
        assert.equal(
          (await admin('POST', `/api/admin/v1/orders/${body.order.id}/cancel`, { reason: 'gave up' })).status,
          200,
        );
      }
      const again = await Promise.all([use(31), use(32), use(33)]);
      assert.deepEqual(again.map((one) => one.status).sort(), [201, 201, 422]);
      assert.equal((await admin('GET', '/api/admin/v1/coupons?q=RUSH')).body.coupons[0].used, 10);
      assert.equal((await admin('DELETE', `/api/admin/v1/coupons/${coupon.id}?version=1`)).body.code, 'in_use');
    });
  });
}
