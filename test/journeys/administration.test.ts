/** The administration API over real HTTP: who gets in, what editing answers, what the audit log keeps. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { dialects } from '../kit/shop-database.ts';
import { client, type ShopServer, startShop } from '../kit/shop-server.ts';

const nasty = [
  `'; DROP TABLE products; -- " \\ %s $1 \${x} {{y}}`,
  '<script>alert(1)</script><img src=x onerror=alert(1)>&amp;',
  '  多行\n文本\t🃏 \u202e‮ ünïcödé  ',
];

for (const dialect of dialects) {
  suite(`administration on ${dialect}`, () => {
    let shop: ShopServer;
    let admin: ReturnType<typeof client>;
    let anyone: ReturnType<typeof client>;

    before(async () => {
      shop = await startShop(dialect);
      admin = client(shop.address, { authorization: `Bearer ${shop.token}` });
      anyone = client(shop.address);
    });
    after(() => shop.close());

    const newProduct = async (fields: object = {}) =>
      (await admin('POST', '/api/admin/v1/products', { name: 'Plain product', ...fields })).body.product;
    const sku = { name: 'One', priceMinor: 1000, currency: 'CNY', delivery: 'cards' };
    const newSku = async (productId: number, fields: object = {}) =>
      (await admin('POST', `/api/admin/v1/products/${productId}/skus`, { ...sku, ...fields })).body.sku;
    const lastAudit = async (filter = '') =>
      (await admin('GET', `/api/admin/v1/audit-log?limit=1${filter}`)).body.entries[0];

    test('every route of the administration refuses callers without a token, or with one that is not theirs', async () => {
      const open = ['GET /api/admin/v1/setup', 'POST /api/admin/v1/setup', 'POST /api/admin/v1/login'];
      const routes = shop.routes.filter(({ path }) => path.startsWith('/api/admin/'));
      assert.ok(routes.length > 30, `${routes.length} routes found`);
      const orderToken = 'A'.repeat(43);
      const disguises: Record<string, string>[] = [
        {},
        { authorization: `Bearer ${orderToken}` },
        { authorization: `Basic ${shop.token}` },
        { authorization: shop.token },
        { cookie: `cardwell_owner=${shop.token}; cardwell_buyer=${shop.token}` },
      ];
      for (const { method, path } of routes) {
        if (open.includes(`${method} ${path}`)) continue;
        for (const headers of disguises) {
          const reply = await anyone(method, path.replace(/\{\w+\}/g, '1'), method === 'GET' ? undefined : {}, headers);
          assert.equal(reply.status, 401, `${method} ${path} with ${JSON.stringify(headers)}`);
          assert.equal(reply.body.code, 'unauthorized');
          assert.match(reply.headers.get('content-type') ?? '', /problem\+json/);
        }
      }
    });

    test('a token that may only read changes nothing, and one that may only write sees nothing', async () => {
      const make = async (scopes: string[]) =>
        (await admin('POST', '/api/admin/v1/tokens', { name: scopes.join(), scopes })).body;
      const reader = await make(['read']);
      const as = (token: string) => client(shop.address, { authorization: `Bearer ${token}` });
      assert.equal((await as(reader.token)('GET', '/api/admin/v1/products')).status, 200);
      assert.equal((await as(reader.token)('POST', '/api/admin/v1/products', { name: 'x' })).body.code, 'forbidden');
      const writer = await make(['write']);
      assert.equal((await as(writer.token)('GET', '/api/admin/v1/products')).body.code, 'forbidden');
      assert.equal((await as(writer.token)('POST', '/api/admin/v1/tokens', { name: 'more' })).body.code, 'forbidden');
      const revoked = await admin('DELETE', `/api/admin/v1/tokens/${reader.id}`);
      assert.equal(revoked.status, 204);
      assert.equal((await as(reader.token)('GET', '/api/admin/v1/products')).status, 401);
      const listed = (await admin('GET', '/api/admin/v1/tokens')).body.tokens;
      assert.ok(!JSON.stringify(listed).includes(writer.token));
      const expiring = { name: 'past', expiresAt: 1 };
      const past = (await admin('POST', '/api/admin/v1/tokens', expiring)).body.token;
      assert.equal((await as(past)('GET', '/api/admin/v1/products')).status, 401);
    });

    test('what is typed into any field comes back as it was, here and in the shop', async () => {
      const category = (await admin('POST', '/api/admin/v1/categories', { name: nasty[0] })).body.category;
      assert.equal(category.name, nasty[0]);
      const texts = { name: nasty[0], summary: nasty[1], description: nasty[2] };
      const translations = { en: { name: nasty[1], summary: nasty[2], description: nasty[0] } };
      const product = await newProduct({ ...texts, translations, categoryId: category.id, slug: 'nasty' });
      const variant = await newSku(product.id, { name: nasty[2], translations: { en: { name: nasty[0] } } });
      const read = (await admin('GET', `/api/admin/v1/products/${product.id}`)).body.product;
      assert.deepEqual({ name: read.name, summary: read.summary, description: read.description }, texts);
      assert.deepEqual(read.translations, translations);
      assert.equal(variant.name, nasty[2]);
      const zh = (await anyone('GET', '/api/v1/products/nasty?lang=zh')).body.product;
      assert.deepEqual({ name: zh.name, summary: zh.summary, description: zh.description }, texts);
      assert.equal(zh.category.name, nasty[0]);
      const en = (await anyone('GET', '/api/v1/products/nasty?lang=en')).body.product;
      assert.deepEqual({ name: en.name, summary: en.summary, description: en.description }, translations.en);
      assert.equal(en.skus[0].name, nasty[0]);
      const found = await admin('GET', `/api/admin/v1/products?q=${encodeURIComponent("'; DROP TABLE")}`);
      assert.equal(found.body.total, 1);
      const settings = { name: nasty[1], announcement: nasty[2] };
      const changed = { ...settings, secondPersonMinor: null };
      assert.deepEqual((await admin('PATCH', '/api/admin/v1/settings', settings)).body, changed);
      const info = (await anyone('GET', '/api/v1/shop')).body;
      assert.deepEqual([info.name, info.announcement], [nasty[1], nasty[2]]);
      assert.deepEqual((await lastAudit('&action=settings.update')).after, settings);
      const created = await lastAudit(`&subject=product:${product.id}`);
      assert.equal(created.after.description, nasty[2]);
      const searches = ['coupons?q=', 'products?q=', 'audit-log?action=', 'audit-log?subject='].map(
        (one) => `/api/admin/v1/${one}`,
      );
      searches.push('/api/v1/products?q=', '/api/v1/products?category=', '/api/v1/products/');
      for (const search of searches) {
        for (const text of nasty) {
          const reply = await admin('GET', search + encodeURIComponent(text));
          assert.ok(reply.status < 500, `${search}${text} -> ${JSON.stringify(reply.body)}`);
        }
      }
    });

    test('of two editors of one version the second is told, and nothing of theirs is written', async () => {
      const product = await newProduct();
      const path = `/api/admin/v1/products/${product.id}`;
      const edits = ['first', 'second'].map((summary) => admin('PATCH', path, { version: product.version, summary }));
      const replies = await Promise.all(edits);
      assert.deepEqual(replies.map((reply) => reply.status).sort(), [200, 409]);
      assert.equal(replies.find((reply) => reply.status === 409)?.body.code, 'edit_conflict');
      const winner = replies.find((reply) => reply.status === 200)?.body.product;
      const now = (await admin('GET', path)).body.product;
      assert.deepEqual([now.summary, now.version], [winner.summary, product.version + 1]);
      const log = (await admin('GET', `/api/admin/v1/audit-log?subject=product:${product.id}`)).body.entries;
      assert.deepEqual(
        log.map((entry: { action: string }) => entry.action),
        ['product.update', 'product.create'],
      );
      const variant = await newSku(product.id);
      const price = (version: number) =>
        admin('PATCH', `/api/admin/v1/skus/${variant.id}`, { version, priceMinor: 2000, priceSteps: [] });
      assert.equal((await price(variant.version)).body.sku.priceMinor, 2000);
      assert.equal((await price(variant.version)).body.code, 'edit_conflict');
    });

    test('the audit log tells who changed what, from what, to what', async () => {
      const product = await newProduct();
      const steps = [{ minQuantity: 5, priceMinor: 900 }];
      const variant = await newSku(product.id);
      const path = `/api/admin/v1/skus/${variant.id}`;
      await admin('PATCH', path, { version: 1, priceMinor: 950, priceSteps: steps, name: 'One' });
      const entry = await lastAudit(`&subject=sku:${variant.id}`);
      assert.deepEqual(entry.before, { priceMinor: 1000, priceSteps: [] });
      assert.deepEqual(entry.after, { priceMinor: 950, priceSteps: steps });
      assert.match(entry.actor, /^token:\d+ test$/);
      assert.match(entry.requestId, /^[0-9A-Z]{26}$/);
      assert.ok(Math.abs(entry.at - Date.now()) < 60_000);
      await admin('DELETE', `${path}?version=2`);
      const gone = await lastAudit(`&subject=sku:${variant.id}`);
      assert.deepEqual([gone.action, gone.before.priceSteps, gone.after], ['sku.delete', steps, null]);
      const first = (await admin('GET', '/api/admin/v1/audit-log?limit=2')).body;
      const second = (await admin('GET', `/api/admin/v1/audit-log?limit=2&before=${first.next}`)).body;
      assert.ok(second.entries[0].id < first.entries[1].id);
    });

    test('a change that is refused leaves neither a trace in the shop nor in the audit log', async () => {
      const product = await newProduct({ slug: 'taken-slug' });
      const before = (await lastAudit()).id;
      const refused: [string, string, object | undefined, number, string][] = [
        ['POST', '/api/admin/v1/products', { name: 'x', slug: 'taken-slug' }, 409, 'slug_taken'],
        ['POST', '/api/admin/v1/products', { name: 'x', categoryId: 999 }, 404, 'category_not_found'],
        ['POST', '/api/admin/v1/products', { name: '  ' }, 400, 'invalid_request'],
        ['POST', '/api/admin/v1/products', { name: 'x', imageUrl: 'javascript:alert(1)' }, 400, 'invalid_request'],
        ['POST', '/api/admin/v1/products', { name: 'x', isSample: true }, 400, 'invalid_request'],
        ['PATCH', '/api/admin/v1/products/99999', { version: 1 }, 404, 'product_not_found'],
        ['POST', `/api/admin/v1/products/${product.id}/skus`, { ...sku, priceMinor: 0 }, 400, 'invalid_request'],
        ['POST', `/api/admin/v1/products/${product.id}/skus`, { ...sku, priceMinor: '1' }, 400, 'invalid_request'],
        [
          'POST',
          `/api/admin/v1/products/${product.id}/skus`,
          { ...sku, minQuantity: 5, maxQuantity: 2 },
          400,
          'invalid_request',
        ],
        ['POST', '/api/admin/v1/products/99999/skus', sku, 404, 'product_not_found'],
        ['DELETE', '/api/admin/v1/skus/99999?version=1', undefined, 404, 'sku_not_found'],
        ['DELETE', `/api/admin/v1/products/${product.id}?version=9`, undefined, 409, 'edit_conflict'],
      ];
      for (const [method, path, body, status, code] of refused) {
        const reply = await admin(method, path, body);
        assert.deepEqual([reply.status, reply.body.code], [status, code], `${method} ${path} ${JSON.stringify(body)}`);
      }
      assert.equal((await lastAudit()).id, before);
    });

    test('names without Latin letters and names that repeat get addresses of their own', async () => {
      const slugs = [];
      for (const name of ['Same name', 'Same name', '墨石', '墨石']) slugs.push((await newProduct({ name })).slug);
      assert.deepEqual(slugs.slice(0, 2), ['same-name', 'same-name-2']);
      assert.match(slugs[2], /^product-[a-z0-9]+$/);
      assert.equal(new Set(slugs).size, 4);
    });

    test('a category with products, and a SKU with cards, stay', async () => {
      const category = (await admin('POST', '/api/admin/v1/categories', { name: 'Full' })).body.category;
      const product = await newProduct({ categoryId: category.id });
      const inUse = await admin('DELETE', `/api/admin/v1/categories/${category.id}?version=1`);
      assert.equal(inUse.body.code, 'in_use');
      const variant = await newSku(product.id);
      const batch = {
        sku_id: variant.id,
        product_id: product.id,
        region: 'A0',
        source: 'test',
        created_by: 'test',
        created_at: 1,
      };
      await shop.context.database.transact('test', (tx) => tx.insertInto('card_batches').values(batch).execute());
      assert.equal((await admin('DELETE', `/api/admin/v1/skus/${variant.id}?version=1`)).body.code, 'in_use');
      assert.equal((await admin('DELETE', `/api/admin/v1/products/${product.id}?version=1`)).body.code, 'in_use');
      const loop = { version: 1, delivery: 'loop' };
      assert.equal((await admin('PATCH', `/api/admin/v1/skus/${variant.id}`, loop)).body.code, 'in_use');
      await shop.context.database.transact('test', (tx) => tx.deleteFrom('card_batches').execute());
      assert.equal((await admin('PATCH', `/api/admin/v1/skus/${variant.id}`, loop)).body.sku.delivery, 'loop');
      assert.equal((await admin('DELETE', `/api/admin/v1/products/${product.id}?version=1`)).status, 204);
      assert.equal((await admin('GET', `/api/admin/v1/skus/${variant.id}`)).body.code, 'sku_not_found');
      assert.equal((await admin('DELETE', `/api/admin/v1/categories/${category.id}?version=1`)).status, 204);
    });

    test('what the owner changes shows in the shop at once', async () => {
      const product = await newProduct({ slug: 'at-once' });
      const shown = () => anyone('GET', '/api/v1/products/at-once');
      assert.equal((await shown()).body.code, 'product_not_found');
      await newSku(product.id);
      assert.equal((await shown()).body.product.skus[0].priceMinor, 1000);
      await admin('PATCH', `/api/admin/v1/products/${product.id}`, { version: 1, status: 'hidden' });
      assert.equal((await shown()).status, 404);
    });

    test('coupons: made, found, changed, refused, removed', async () => {
      const made = await admin('POST', '/api/admin/v1/coupons', { code: 'spring-10', kind: 'percent', value: 10 });
      assert.deepEqual([made.status, made.body.coupon.code, made.body.coupon.used], [201, 'SPRING-10', 0]);
      const again = await admin('POST', '/api/admin/v1/coupons', { code: 'Spring-10', kind: 'percent', value: 5 });
      assert.equal(again.body.code, 'slug_taken');
      const { id } = made.body.coupon;
      const path = `/api/admin/v1/coupons/${id}`;
      assert.equal((await admin('PATCH', path, { version: 1, value: 101 })).body.code, 'invalid_request');
      assert.equal((await admin('PATCH', path, { version: 1, kind: 'amount' })).body.errors[0].path, 'body/currency');
      assert.equal((await admin('PATCH', path, { version: 1, maxUses: 3 })).body.coupon.maxUses, 3);
      assert.equal((await admin('GET', '/api/admin/v1/coupons?q=spring')).body.total, 1);
      assert.equal((await admin('DELETE', `${path}?version=1`)).body.code, 'edit_conflict');
      assert.equal((await admin('DELETE', `${path}?version=2`)).status, 204);
    });
  });
}
