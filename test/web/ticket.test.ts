/** What a buyer sees while the shop only records orders, in a real browser against the real shop. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { writeSwitchFile } from '../../server/degrade/hand-switch.ts';
import { buyerAt } from '../kit/buyer.ts';
import type { ShopProcess } from '../kit/shop-process.ts';
import { newTestShop, type TestShop } from '../kit/test-shop.ts';
import { until } from '../kit/until.ts';
import {
  assertAccessible,
  assertNoSidewaysScroll,
  complaintsExcept,
  desktop,
  launchBrowser,
  openPage,
  phone,
  screenshot,
} from './browser.ts';

describe('while orders are recorded', () => {
  let shop: TestShop;
  let server: ShopProcess;
  let browser: Browser;
  const products = () => shop.context.database.read.selectFrom('products').select('slug').orderBy('id').execute();

  before(async () => {
    shop = await newTestShop('sqlite');
    for (let i = 0; i < 2; i++) await shop.newSku({ cards: 1 });
    server = await shop.newProcess({ CARDWELL_DATA_DIR: shop.context.config.dataDir });
    [browser] = await Promise.all([launchBrowser(), server.start()]);
  });
  after(async () => {
    await browser?.close();
    await shop?.close();
  });

  async function turn(on: boolean): Promise<void> {
    const { dataDir } = shop.context.config;
    await writeSwitchFile(dataDir, { on, at: Date.now(), by: 'test', why: 'a browser test' });
    const { call } = buyerAt(server.origin);
    const wanted = on ? 'degraded' : 'ok';
    await until(wanted, async () => JSON.parse((await call({ path: '/readyz' })).text).status === wanted);
  }

  const languages = [
    {
      name: 'zh',
      options: phone,
      banner: '先记录下来',
      waits: '订单已记录，正在排队',
      noPay: '现在不用付款',
      pay: '请完成付款',
    },
    {
      name: 'en',
      options: desktop,
      banner: 'recorded now',
      waits: 'Your order is recorded',
      noPay: 'nothing to pay yet',
      soldOut: 'Not enough stock',
    },
  ];
  for (const { name, options, banner, waits, noPay, pay, soldOut } of languages) {
    test(`${name}: the page says so, waits, and goes on by itself`, async () => {
      await turn(true);
      const { page, complaints, close } = await openPage(browser, options);
      await page.addInitScript((language) => localStorage.setItem('cardwell.language', JSON.stringify(language)), name);
      const skuId = pay ? 1 : 2;
      // Somebody was faster: recorded a moment earlier, for the one card that there is.
      if (!pay) assert.equal((await buyerAt(server.origin).place({ skuId })).status, 202);
      const { slug } = (await products())[skuId - 1] ?? assert.fail();
      await page.goto(`${server.origin}/checkout?lines=${skuId}.1.${slug}`);
      await page.getByText(banner).waitFor();
      await page.locator('input[name=contact], input[autocomplete=email]').first().fill(`${name}@example.com`);
      await page.locator('button[type=submit]').click();
      await page.getByRole('heading', { name: waits }).waitFor();
      await page.getByText(noPay).waitFor();
      await assertNoSidewaysScroll(page, `ticket-${name}`);
      await assertAccessible(page, `ticket-${name}`);
      await screenshot(page, `ticket-${name}`);
      await page.reload();
      await page.getByRole('heading', { name: waits }).waitFor();
      const address = new URL(page.url()).pathname;
      await turn(false);
      if (pay) {
        await page.getByRole('heading', { name: pay }).waitFor();
        assert.equal(new URL(page.url()).pathname, address.replace('/tickets/', '/orders/'));
      } else {
        await page.getByText(soldOut as string).waitFor();
        await assertAccessible(page, `ticket-refused-${name}`);
        await screenshot(page, `ticket-refused-${name}`);
      }
      assert.deepEqual(complaintsExcept(complaints), []);
      await close();
    });
  }
});
