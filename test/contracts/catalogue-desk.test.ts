/** The catalogue as several people keep it: copies, the order of things, flash sales in the form, and two who edit at once. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { dialects } from '../kit/shop-database.ts';
import { client, type ShopServer, startShop } from '../kit/shop-server.ts';

const base = '/api/admin/v1';

for (const dialect of dialects) {
  describe(`the catalogue at the desk on ${dialect}`, () => {
    let shop: ShopServer;
    let ask: ReturnType<typeof client>;
    before(async () => {
      shop = await startShop(dialect, { CARDWELL_SAMPLE_DATA: 'off' }, ['order', 'card', 'admin']);
      ask = client(shop.address, { authorization: `Bearer ${shop.token}` });
    });
    after(() => shop.close());
    const made = async (path: string, body: object) => {
      const reply = await ask('POST', base + path, body);
      assert.equal(reply.status, 201, JSON.stringify(reply.body));
      return reply.body;
    };
    const newProduct = async (name: string, more: object = {}) =>
      (await made('/products', { name, ...more })).product as { id: number; version: number; slug: string };
    const newSku = async (productId: number, name: string, more: object = {}) =>
      (
        await made(`/products/${productId}/skus`, {
          name,
          priceMinor: 1000,
          currency: 'CNY',
          delivery: 'manual',
          ...more,
        })
      ).sku;
    const show = async (id: number) => (await ask('GET', `${base}/products/${id}`)).body.product;

    test('a copy has the variants, steps and forms, not the sale and not what is archived, and is hidden', async () => {
      const { id } = await newProduct('原件', { slug: 'original', translations: { en: { name: 'Original' } } });
      const now = shop.context.clock.now();
      const flashSale = {
        startsAt: now,
        endsAt: now + 1000,
        priceMinor: 500,
        perBuyerLimit: null,
        quantityLimit: null,
      };
      const buyerFields = [{ key: 'uid', label: { zh: '账号' }, kind: 'text', required: true }];
      await newSku(id, 'One', { priceSteps: [{ minQuantity: 5, priceMinor: 900 }], flashSale, buyerFields });
      await newSku(id, 'Old', { status: 'archived' });
      const copy = (await made(`/products/${id}/copy`, {})).product;
      assert.deepEqual(
        [copy.name, copy.translations.en.name, copy.slug, copy.status, copy.skus.length],
        ['原件（副本）', 'Original (copy)', 'original-copy', 'hidden', 1],
      );
      const [sku] = copy.skus;
      assert.deepEqual([sku.priceSteps.length, sku.buyerFields, sku.flashSale], [1, buyerFields, null]);
      assert.equal((await made(`/products/${id}/copy`, {})).product.slug, 'original-copy-2');
      assert.equal((await ask('POST', `${base}/products/99999/copy`)).status, 404);
    });

    test('archived, a product is gone from the shop and comes back as it was', async () => {
      const { id, slug, version } = await newProduct('Season');
      await newSku(id, 'One');
      const put = async (status: string, at: number) =>
        (await ask('PATCH', `${base}/products/${id}`, { status, version: at })).status;
      assert.equal(await put('archived', version), 200);
      assert.equal((await ask('GET', `/api/v1/products/${slug}`)).status, 404);
      assert.equal(await put('active', version + 1), 200);
      assert.equal((await ask('GET', `/api/v1/products/${slug}`)).body.product.skus.length, 1);
    });

    test('things stand where they are put, for buyers too, whoever moves them at once', async () => {
      const { id } = await newProduct('Sizes', { slug: 'sizes' });
      const skus = [];
      for (const name of ['a', 'b', 'c', 'd']) skus.push((await newSku(id, name)).id as number);
      const [a, b, c, d] = skus as [number, number, number, number];
      const move = (sku: number, beside: number, side: string) =>
        ask('POST', `${base}/skus/${sku}/move`, { beside, side });
      const order = async () => (await show(id)).skus.map(({ name }: { name: string }) => name).join('');
      assert.equal((await move(d, a, 'before')).status, 204);
      assert.equal(await order(), 'dabc');
      assert.equal((await move(a, c, 'after')).status, 204);
      assert.equal(await order(), 'dbca');
      await Promise.all([move(a, d, 'before'), move(b, c, 'after'), move(c, a, 'before'), move(d, b, 'before')]);
      assert.equal([...(await order())].sort().join(''), 'abcd');
      const positions = (await show(id)).skus.map(({ position }: { position: number }) => position);
      assert.deepEqual(positions, [0, 10, 20, 30]);
      const shown = (await ask('GET', '/api/v1/products/sizes')).body.product.skus;
      assert.equal(shown.map(({ name }: { name: string }) => name).join(''), await order());
      assert.equal((await move(a, 99999, 'before')).status, 404);
      assert.equal((await ask('POST', `${base}/categories/99999/move`, { beside: 1, side: 'after' })).status, 404);
    });

    test('of two who save at once one is told, and neither the move nor the other edit is lost', async () => {
      const { id, version } = await newProduct('Shared');
      const patch = (body: object) => ask('PATCH', `${base}/products/${id}`, { version, ...body });
      const replies = await Promise.all([patch({ summary: 'mine' }), patch({ name: 'Theirs' })]);
      assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 409]);
      assert.equal(replies.find(({ status }) => status === 409)?.body.code, 'edit_conflict');
      const other = await newProduct('Neighbour');
      assert.equal((await ask('POST', `${base}/products/${id}/move`, { beside: other.id, side: 'after' })).status, 204);
      const moved = await show(id);
      const saved = await ask('PATCH', `${base}/products/${id}`, { version: moved.version, summary: 'later' });
      assert.equal(saved.body.product.position, moved.position, 'a form that was open stays good');
    });

    test('a flash sale that makes no sense is refused with its place', async () => {
      const { id } = await newProduct('Sale');
      const sale = { startsAt: 1000, endsAt: 2000, priceMinor: 500, perBuyerLimit: null, quantityLimit: null };
      const bad = async (more: object, sku: object = {}) => {
        const body = { name: 'One', priceMinor: 1000, currency: 'CNY', delivery: 'manual', ...sku };
        const reply = await ask('POST', `${base}/products/${id}/skus`, { ...body, flashSale: { ...sale, ...more } });
        return reply.status === 400 ? reply.body.errors[0].path : reply.status;
      };
      assert.equal(await bad({ endsAt: 1000 }), 'body/flashSale/endsAt');
      assert.equal(await bad({ priceMinor: 1000 }), 'body/flashSale/priceMinor');
      assert.equal(await bad({ perBuyerLimit: 1 }, { minQuantity: 2 }), 'body/flashSale/perBuyerLimit');
      assert.equal(await bad({ quantityLimit: 1 }, { minQuantity: 2 }), 'body/flashSale/quantityLimit');
      assert.equal(await bad({}), 201);
    });
  });
}
