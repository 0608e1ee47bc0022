/** The catalogue on both databases: what buyers find, what an order transaction reads, and the samples of an empty shop. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { readSkusForPricing } from '../../server/catalog/catalog-store.ts';
import { createCatalogueCache } from '../../server/catalog/catalogue-cache.ts';
import { type CatalogueDeps, listProducts } from '../../server/catalog/list-products.ts';
import { loadSampleCatalogue, type SampleCard, sampleCards } from '../../server/catalog/load-sample-catalogue.ts';
import { sampleProducts } from '../../server/catalog/sample-catalogue.ts';
import { shopInfo } from '../../server/catalog/shop-info.ts';
import { showProduct } from '../../server/catalog/show-product.ts';
import { systemClock as clock } from '../../server/platform/clock.ts';
import { createLaggingReads } from '../../server/platform/db/lagging-reads.ts';
import { createNudges } from '../../server/platform/nudges.ts';
import { dialects, newShopDatabase, type ShopDatabase } from '../kit/shop-database.ts';

const everything = { page: 1, pageSize: 100 };

/** A card shelf in memory that takes each number once, as the real import does. */
function shelf() {
  const cards = new Map<string, number>();
  const loops = new Map<number, string>();
  return {
    cards,
    loops,
    count: (skuId: number) => [...cards.values()].filter((id) => id === skuId).length,
    importCards: async (skuId: number, list: readonly SampleCard[]) => {
      for (const { number } of list) if (!cards.has(number)) cards.set(number, skuId);
    },
    setLoopSecret: async (skuId: number, secret: string) => void loops.set(skuId, secret),
  };
}

for (const dialect of dialects) {
  suite(`catalogue on ${dialect}`, () => {
    let shop: ShopDatabase;
    let deps: CatalogueDeps;
    const stock = shelf();
    const nudges = createNudges();
    const load = (given: Partial<typeof stock> = {}) =>
      loadSampleCatalogue({ database: shop.database, clock, nudges, ...stock, ...given });

    before(async () => {
      shop = await newShopDatabase(dialect);
      deps = {
        clock,
        catalogueReads: createLaggingReads(shop.database, clock),
        catalogueCache: createCatalogueCache({ clock, nudges }),
        stock: { available: async (ids) => new Map(ids.map((id) => [id, stock.count(id)])) },
      };
    });
    after(() => shop.close());

    test('an empty shop lists nothing', async () => {
      const list = await listProducts(deps, everything);
      assert.deepEqual(list, { products: [], categories: [], page: 1, pageSize: 100, total: 0 });
      assert.equal((await shopInfo(deps, { sandbox: true, nowMs: clock.now() })).hasSampleData, false);
    });

    test('a start that dies during the import of samples is completed by the next ones, even two at once', async () => {
      let left = 2;
      const dying = async (skuId: number, cards: readonly SampleCard[]) => {
        if (left-- === 0) throw new Error('power cut');
        await stock.importCards(skuId, cards);
      };
      await assert.rejects(load({ importCards: dying }), /power cut/);
      assert.deepEqual(await Promise.all([load(), load()]), ['loaded', 'loaded']);
      assert.equal(await load(), 'already');
      const { products, categories, total } = await listProducts(deps, everything);
      assert.equal(total, sampleProducts.length);
      assert.equal(products.length, sampleProducts.length);
      assert.equal(categories.length, 4);
      const counts = products.flatMap((product) => product.skus.map((sku) => sku.stock));
      assert.deepEqual(
        [counts.includes(1000), counts.includes(3), counts.filter((count) => count === null).length],
        [true, true, 2],
      );
      assert.equal(stock.loops.size, 1);
      assert.ok(products.every((product) => product.isSample && /示例/.test(product.name)));
      assert.equal((await shopInfo(deps, { sandbox: true, nowMs: clock.now() })).hasSampleData, true);
    });

    test('names come in the language asked for', async () => {
      const [zh, en] = await Promise.all(
        (['zh', 'en'] as const).map((lang) => showProduct(deps, { slug: 'sample-inkstone-notes', lang })),
      );
      assert.match(zh?.name ?? '', /墨石笔记/);
      assert.match(en?.name ?? '', /Sample · Inkstone/);
      assert.match(en?.description ?? '', /sample product/);
      assert.equal(en?.category?.name, 'Software keys');
      assert.deepEqual(
        en?.skus.map((sku) => sku.name),
        ['One year', 'Lifetime'],
      );
      assert.equal(await showProduct(deps, { slug: 'nothing' }), undefined);
    });

    test('search finds words of any language and case, and takes its signs literally', async () => {
      const find = async (q: string) =>
        (await listProducts(deps, { ...everything, q })).products.map((one) => one.slug);
      assert.deepEqual(await find('inkSTONE'), ['sample-inkstone-notes']);
      assert.deepEqual(await find('墨石'), ['sample-inkstone-notes']);
      assert.deepEqual(await find('%'), []);
      assert.deepEqual(await find('_'), []);
      assert.deepEqual(await find("' OR 1=1 --"), []);
    });

    test('a category and a page narrow the list, and the total counts what is found', async () => {
      const gifts = await listProducts(deps, { ...everything, category: 'gift-cards' });
      assert.equal(gifts.total, 2);
      assert.ok(gifts.products.every((product) => product.category?.slug === 'gift-cards'));
      const second = await listProducts(deps, { page: 2, pageSize: 3 });
      assert.deepEqual([second.products.length, second.total], [3, sampleProducts.length]);
      assert.equal((await listProducts(deps, { ...everything, category: 'none' })).total, 0);
    });

    test('one statement reads what pricing needs of many SKUs, with steps and names', async () => {
      const { products } = await listProducts(deps, everything);
      const ids = products.flatMap((product) => product.skus.map((sku) => sku.id));
      const skus = await readSkusForPricing(shop.database.read, [...ids, ...ids, 999_999]);
      assert.equal(skus.size, ids.length);
      const yearly = skus.get(products[0]?.skus[0]?.id ?? 0);
      assert.deepEqual(yearly?.priceSteps, [
        { minQuantity: 5, priceMinor: 6200 },
        { minQuantity: 20, priceMinor: 5500 },
      ]);
      assert.equal(yearly?.names.en?.skuName, 'One year');
      assert.match(yearly?.names.en?.productName ?? '', /Inkstone/);
      assert.deepEqual([yearly?.status, yearly?.productStatus, yearly?.isSample], ['active', 'active', true]);
      assert.equal((await readSkusForPricing(shop.database.read, [])).size, 0);
    });

    test('what is hidden disappears from the list, but pricing still sees its status', async () => {
      const { products } = await listProducts(deps, everything);
      const [id, name] = [products[1]?.id ?? 0, products[1]?.slug ?? ''];
      await shop.database.transact('test.hide', (tx) =>
        tx.updateTable('products').set({ status: 'hidden' }).where('id', '=', id).execute(),
      );
      assert.ok(await showProduct(deps, { slug: 'sample-aurora-photo' }).then(() => true));
      nudges.send('catalogue', 'all');
      assert.equal(await showProduct(deps, { slug: name }), undefined);
      assert.equal((await listProducts(deps, everything)).total, sampleProducts.length - 1);
      const sku = products[1]?.skus[0]?.id ?? 0;
      assert.equal((await readSkusForPricing(shop.database.read, [sku])).get(sku)?.productStatus, 'hidden');
    });
  });

  test(`of two processes that start a new shop at once one makes the samples and both stock them (${dialect})`, async (t) => {
    const shop = await newShopDatabase(dialect);
    t.after(() => shop.close());
    const stock = shelf();
    const load = () => loadSampleCatalogue({ database: shop.database, clock, nudges: createNudges(), ...stock });
    assert.deepEqual(await Promise.all([load(), load(), load()]), ['loaded', 'loaded', 'loaded']);
    const products = await shop.database.read.selectFrom('products').select('slug').execute();
    assert.equal(products.length, sampleProducts.length);
    assert.equal(stock.loops.size, 1);
  });

  test(`samples never enter a shop that has goods of its own (${dialect})`, async (t) => {
    const shop = await newShopDatabase(dialect);
    t.after(() => shop.close());
    const row = { slug: 'own', name: 'own', created_at: 1, updated_at: 1 };
    await shop.database.transact('test.own', (tx) => tx.insertInto('products').values(row).execute());
    const { importCards, setLoopSecret } = shelf();
    const deps = { database: shop.database, clock, nudges: createNudges(), importCards, setLoopSecret };
    assert.deepEqual([await loadSampleCatalogue(deps), await loadSampleCatalogue(deps)], ['skipped', 'skipped']);
  });
}

test('sample cards are the same at every start, and no two have one number', () => {
  const cards = sampleProducts.flatMap(({ skus }) => skus.flatMap(({ key, cards = 0 }) => sampleCards(key, cards)));
  const again = sampleProducts.flatMap(({ skus }) => skus.flatMap(({ key, cards = 0 }) => sampleCards(key, cards)));
  assert.deepEqual(cards, again);
  assert.equal(new Set(cards.map((card) => card.number)).size, cards.length);
  assert.ok(cards.every((card) => /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(card.secret)));
});
