import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertAccessible, desktop, launchBrowser, openPage, phone, smallPhone } from './browser.ts';
import {
  type Buyer,
  browseCatalogue,
  checkOut,
  fillCart,
  findAgain,
  payAndTakeCards,
  says,
  type Walk,
} from './journey.ts';
import { type RunningShop, startShop } from './shop.ts';

const walks = [
  { name: 'phone', device: phone, language: 'zh', colorScheme: 'light' },
  { name: 'desktop', device: desktop, language: 'zh', colorScheme: 'light' },
  { name: 'small-phone-english-dark', device: smallPhone, language: 'en', colorScheme: 'dark' },
  { name: 'desktop-english-dark', device: desktop, language: 'en', colorScheme: 'dark' },
] as const;

describe("the buyer's journey", () => {
  let shop: RunningShop;
  let browser: Browser;
  before(async () => {
    [shop, browser] = await Promise.all([startShop(), launchBrowser()]);
  });
  after(async () => {
    await browser.close();
    await shop.stop();
  });

  for (const { name, device, language, colorScheme } of walks) {
    test(`${name}: from the catalogue to the cards, and back to them later`, async () => {
      const options = { ...device, colorScheme, permissions: ['clipboard-read', 'clipboard-write'] };
      const first = await openPage(browser, options);
      const second = await openPage(browser, options);
      for (const { page } of [first, second]) {
        await page.addInitScript(
          (chosen) => localStorage.setItem('cardwell.language', JSON.stringify(chosen)),
          language,
        );
      }
      const walk: Walk = { page: first.page, language, name, origin: shop.origin, slugs: shop.slugs, pay: shop.pay };
      const buyer: Buyer = { contact: `${name}@example.com`, lookupPassword: 'secret-1234' };
      await browseCatalogue(walk);
      await fillCart(walk);
      await checkOut(walk, buyer);
      const cards = await payAndTakeCards(walk);
      await findAgain({ ...walk, page: second.page }, buyer, cards);
      assert.deepEqual(first.complaints, []);
      assert.deepEqual(second.complaints, []);
      await first.close();
      await second.close();
    });
  }

  test('one cent too little ends with a person, and the buyer is told', async () => {
    const { page, complaints, close } = await openPage(browser, phone);
    await page.goto(`${shop.origin}/products/${shop.slugs[1]}`);
    await page.getByRole('button', { name: says('zh', 'product.buyNow') }).click();
    await page.getByLabel(says('zh', 'checkout.contact')).fill('wechat-9876');
    await page.getByRole('button', { name: says('zh', 'checkout.submit') }).click();
    await page.getByRole('heading', { name: says('zh', 'pending.title') }).waitFor();
    await shop.pay(page, 'pay-wrong-amount');
    await page.getByRole('heading', { name: says('zh', 'review.title') }).waitFor();
    await assertAccessible(page, 'review');
    assert.deepEqual(complaints, []);
    await close();
  });

  test('a cancelled order goes back on the shelf and can be ordered again', async () => {
    const { page, complaints, close } = await openPage(browser, smallPhone);
    await page.goto(`${shop.origin}/products/${shop.slugs[1]}`);
    await page.getByRole('button', { name: says('zh', 'product.buyNow') }).click();
    await page.getByLabel(says('zh', 'checkout.contact')).fill('qq 10001');
    await page.getByRole('button', { name: says('zh', 'checkout.submit') }).click();
    await page.getByRole('button', { name: says('zh', 'order.cancel') }).click();
    await page.getByRole('button', { name: says('zh', 'order.cancelSure') }).click();
    await page.getByRole('heading', { name: says('zh', 'cancelled.title') }).waitFor();
    await page.getByRole('button', { name: says('zh', 'order.againExpired') }).click();
    await page.getByRole('heading', { name: says('zh', 'checkout.title') }).waitFor();
    assert.equal(await page.getByRole('main').getByRole('listitem').count(), 1);
    assert.deepEqual(complaints, []);
    await close();
  });
});
