import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { PlaceOrderReply, ProductList } from '../../contract/shop.ts';
import { complaintsExcept, desktop, launchBrowser, openPage, phone } from './browser.ts';
import {
  editBeside,
  importCards,
  makeCoupon,
  makeProduct,
  openForReal,
  refundOrder,
  settleCase,
  setUpChannel,
} from './desk.ts';
import { button, type OwnerWalk, owner } from './owner.ts';
import { type RunningShop, startShop } from './shop.ts';

const walks = [
  { name: 'phone', device: phone, language: 'zh', colorScheme: 'dark' },
  { name: 'desktop-english', device: desktop, language: 'en', colorScheme: 'light' },
] as const;

/** The conflict that is made on purpose. */
const expected = /status of (409|401)/;

describe("the owner's desk", () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const { name, device, language, colorScheme } of walks) {
    test(`${name}: goods are made, stocked, sold and refunded without a command line`, async () => {
      const shop = await startShop();
      try {
        const { page, complaints } = await openPage(browser, { ...device, colorScheme });
        await page.addInitScript((it) => localStorage.setItem('cardwell.language', JSON.stringify(it)), language);
        const walk: OwnerWalk = { page, language, name, origin: shop.origin };
        await becomeOwner(walk, shop.setupLink);
        await makeProduct(walk);
        await editBeside(walk, () => renameElsewhere(walk));
        await importCards(walk);
        await refundOrder(walk, await buy(shop));
        await settleCase(walk, await buy(shop, 'pay-wrong-amount'));
        await setUpChannel(walk);
        await makeCoupon(walk);
        await openForReal(walk);
        assert.deepEqual(complaintsExcept(complaints, expected), []);
      } finally {
        await shop.stop();
      }
    });
  }
});

async function becomeOwner(walk: OwnerWalk, link: string): Promise<void> {
  const { page } = walk;
  await page.goto(link);
  await page.locator('#login').fill(owner.login);
  await page.locator('#new-password').fill(owner.password);
  await page.locator('#repeated-password').fill(owner.password);
  await button(walk, 'setup.submit').click();
  await page.waitForURL('**/admin/');
}

/** The same owner in another window. */
async function renameElsewhere({ page }: OwnerWalk): Promise<void> {
  const status = await page.evaluate(async () => {
    const id = location.pathname.split('/').at(-1);
    const me = await (await fetch('/api/admin/v1/me')).json();
    const { product } = await (await fetch(`/api/admin/v1/products/${id}`)).json();
    const reply = await fetch(`/api/admin/v1/products/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'x-csrf-token': me.csrfToken },
      body: JSON.stringify({ version: product.version, name: '蓝灯点卡 · 改' }),
    });
    return reply.status;
  });
  assert.equal(status, 200);
}

/** A buyer pays for one of the new cards on the sandbox channel's page, or does there what `choice` says. */
async function buy({ origin }: RunningShop, choice = 'pay'): Promise<{ id: string; contact: string }> {
  const list = (await (await fetch(`${origin}/api/v1/products?q=${encodeURIComponent('蓝灯')}`)).json()) as ProductList;
  const skuId = list.products[0]?.skus[0]?.id;
  const contact = 'daring@example.com';
  const placed = (await (
    await fetch(`${origin}/api/v1/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lines: [{ skuId, quantity: 1 }], contact, channel: 'sandbox' }),
    })
  ).json()) as PlaceOrderReply;
  const action = placed.payment?.action;
  assert.ok(action && 'url' in action && action.url);
  const paid = await fetch(action.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `choice=${choice}`,
  });
  assert.ok(paid.ok, `the sandbox page answered ${paid.status}`);
  return { id: placed.order.id, contact };
}
