/** A buyer waits for a sold-out variant: one mail when it is back, to no more people than the stock is good for, ended with one click. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { askRestock } from '../../../server/delivery/restock/ask-restock.ts';
import { lockLongestWaiting, readWait, waitingBySku } from '../../../server/delivery/restock/restock-store.ts';
import { tellRestocked } from '../../../server/delivery/restock/tell-restocked.ts';
import { runScan } from '../../../server/reconcile/run-scans.ts';
import { mailText, newMailServer, type TestMailServer } from '../../kit/mail-server.ts';
import { dialects } from '../../kit/shop-database.ts';
import { client, type ShopServer, startShop } from '../../kit/shop-server.ts';
import { newTradingShop, type TradingShop } from '../../kit/trading-shop.ts';
import { until } from '../../kit/until.ts';

for (const dialect of dialects) {
  suite(`waiting for stock on ${dialect}`, () => {
    let shop: TradingShop;
    before(async () => {
      shop = await newTradingShop(dialect, { mailEnabled: true });
    });
    after(() => shop.close());

    const ask = (skuId: number, contact: string) => askRestock(shop.world, { skuId, contact, lang: 'zh' });
    const waiting = async (skuId: number) =>
      (await waitingBySku(shop.database.read, 100)).find((one) => one.skuId === skuId)?.waiting ?? 0;
    const queued = async () =>
      (await shop.database.read.selectFrom('outbox').select(['id', 'payload']).where('topic', '=', 'restock').execute())
        .length;

    test('one address waits once for one thing, however often it asks, and for twenty things at most', async () => {
      const skuId = await shop.stockedSku(0);
      await Promise.all(['a@b.cc', ' A@b.cc', 'a@b.cc ', 'other@b.cc'].map((contact) => ask(skuId, contact)));
      assert.equal(await waiting(skuId), 2);
      for (let i = 0; i < 25; i++) await ask(1_000_000 + i, 'greedy@b.cc');
      assert.equal((await waitingBySku(shop.database.read, 100)).filter((one) => one.skuId >= 1_000_000).length, 20);
    });

    test('twice as many as there are cards hear of it, those first who waited longest, each once, on two workers', async () => {
      const skuId = await shop.stockedSku(0);
      for (let i = 0; i < 12; i++) await ask(skuId, `buyer${i}@b.cc`);
      await runScan(shop.world, 'tell-restocked');
      assert.equal(await waiting(skuId), 12);
      await shop.importText(skuId, ['x1----s', 'x2----s', 'x3----s'].join('\n'));
      const before = await queued();
      const tell = () =>
        tellRestocked({
          ...shop.world,
          confirm: async () => {},
          available: async () => new Map([[skuId, 3]]),
        });
      await Promise.all([tell(), tell(), tell()]);
      await runScan(shop.world, 'tell-restocked');
      assert.equal((await queued()) - before, 6);
      assert.equal(await waiting(skuId), 6);
      shop.clock.advance(31 * 60_000);
      await runScan(shop.world, 'tell-restocked');
      assert.equal(await waiting(skuId), 0);
      assert.equal((await queued()) - before, 12);
      // Who was told and asks again waits anew.
      await ask(skuId, 'buyer0@b.cc');
      assert.equal(await waiting(skuId), 1);
      const [first] = await shop.database.transact('test', (tx) => lockLongestWaiting(tx, skuId, 1));
      assert.equal((await readWait(shop.database.read, first ?? 0))?.contact, 'buyer0@b.cc');
    });
  });
}

suite('waiting for stock, over HTTP', () => {
  let shop: ShopServer;
  let mails: TestMailServer;
  let call: ReturnType<typeof client>;
  let admin: ReturnType<typeof client>;
  let sku: { id: number };

  before(async () => {
    mails = await newMailServer();
    shop = await startShop('sqlite', {
      CARDWELL_SAMPLE_DATA: 'off',
      SMTP_URL: mails.url,
      BASE_URL: 'https://shop.example',
    });
    call = client(shop.address);
    admin = client(shop.address, { authorization: `Bearer ${shop.token}` });
    const product = await admin('POST', '/api/admin/v1/products', { slug: 'month-card', name: '月卡 <b>' });
    const made = await admin('POST', `/api/admin/v1/products/${product.body.product.id}/skus`, {
      name: '30 天',
      priceMinor: 1000,
      currency: 'CNY',
      delivery: 'cards',
    });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    sku = made.body.sku;
  });
  after(async () => {
    await shop.close();
    await mails.close();
  });

  const ask = (contact: string, id = sku.id) => call('POST', `/api/v1/skus/${id}/restock`, { contact, lang: 'zh' });

  test('asked in the shop, told by mail when cards come, and stopped with one click', async () => {
    assert.equal((await call('GET', '/api/v1/shop')).body.restockMails, true);
    assert.equal((await ask('lin@example.com')).status, 202);
    assert.equal((await ask('lin@example.com')).status, 202);
    for (const wrong of ['lin', 'a@b.cc, d@e.ff', 'a@b.cc\r\nBcc: x@y.zz', `${'x'.repeat(300)}@b.cc`])
      assert.equal((await ask(wrong)).body.code, 'invalid_request', wrong);
    assert.equal((await ask('lin@example.com', 999_999)).body.code, 'sku_not_found');
    assert.deepEqual(
      (await admin('GET', '/api/admin/v1/restock-waits')).body.waits.map((one: { name: string; waiting: number }) => [
        one.name,
        one.waiting,
      ]),
      [['月卡 <b> · 30 天', 1]],
    );
    const imported = await fetch(`${shop.address}/api/admin/v1/cards/import?skuId=${sku.id}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${shop.token}`, 'content-type': 'text/plain' },
      body: 'n1----secret-one',
    });
    assert.equal(imported.status, 200);
    await until('the mail has come', async () => mails.mails.length > 0, 40_000);
    assert.equal(mails.mails.length, 1);
    const raw = mails.mails[0]?.raw ?? '';
    const text = mailText(raw);
    assert.ok(
      text.includes('月卡') &&
        text.includes('https://shop.example/products/month-card') &&
        !text.includes('secret-one'),
    );
    const header = /^List-Unsubscribe:\s+<https:\/\/shop\.example(\S+)>/im.exec(raw);
    const stop = header?.[1] ?? assert.fail(raw.slice(0, 800));
    assert.match(raw, /List-Unsubscribe-Post: List-Unsubscribe=One-Click/);
    assert.equal((await ask('late@example.com')).body.code, 'still_in_stock');

    const rows = () => shop.context.database.read.selectFrom('restock_waits').select('id').execute();
    const page = await fetch(shop.address + stop);
    assert.equal(page.status, 200);
    assert.equal((await rows()).length, 1, 'looking changes nothing');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (let i = 0; i < 2; i++) {
      const done = await fetch(shop.address + stop, {
        method: 'POST',
        headers: form,
        body: 'List-Unsubscribe=One-Click',
      });
      assert.equal(done.status, 200);
    }
    assert.equal((await rows()).length, 0);
  });
});
