/** What is sold and how, as its owner and a buyer meet it: a flash sale, a form, goods by hand, copies, two who edit at once. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator } from 'playwright-core';
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
import { orders, products } from './desk.ts';
import { says as buyerSays } from './journey.ts';
import { button, goToPlace, type OwnerWalk, owner, says } from './owner.ts';
import { startShop } from './shop.ts';

const walks = [
  { name: 'phone-chinese', device: phone, language: 'zh' },
  { name: 'desktop-english', device: desktop, language: 'en' },
] as const;
const password = 'hunter2-of-li';

describe('what is sold and how', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const { name, device, language } of walks) {
    test(`${name}: goods by hand on a flash sale are made, bought with a form, delivered, copied and put in order`, async () => {
      const shop = await startShop();
      try {
        const { page, complaints } = await openPage(browser, device);
        await page.addInitScript((it) => localStorage.setItem('cardwell.language', JSON.stringify(it)), language);
        const walk: OwnerWalk = { page, language, name, origin: shop.origin };
        await becomeOwner(walk, shop.setupLink);
        const product = await makeGoods(walk);
        await buyGoods(walk);
        await shop.pay(page);
        await readAnswers(walk);
        await deliver(walk);
        await connectProgram(walk, product);
        await saveOverTheirs(walk, product);
        await copyAndArchive(walk, product);
        assert.deepEqual(complaintsExcept(complaints, /status of (409|401|400|422)/), []);
      } finally {
        await shop.stop();
      }
    });
  }
});

const say = ({ language }: OwnerWalk, key: Parameters<typeof products>[1], values = {}) =>
  products(language, key, values);
const dialog = ({ page }: OwnerWalk): Locator => page.getByRole('dialog');
const press = ({ page }: OwnerWalk, text: string): Promise<void> =>
  page.getByRole('button', { name: text, exact: true }).first().click();

async function look({ page, name }: OwnerWalk, where: string): Promise<void> {
  await assertNoSidewaysScroll(page, where);
  await assertAccessible(page, where);
  await screenshot(page, `goods-${name}-${where}`);
}

async function becomeOwner(walk: OwnerWalk, link: string): Promise<void> {
  const { page } = walk;
  await page.goto(link);
  await page.locator('#login').fill(owner.login);
  await page.locator('#new-password').fill(owner.password);
  await page.locator('#repeated-password').fill(owner.password);
  await button(walk, 'setup.submit').click();
  await page.waitForURL('**/admin/');
}

/** The text of a time field, so many hours from now. */
const inHours = ({ page }: OwnerWalk, hours: number): Promise<string> =>
  page.evaluate((ms) => {
    const at = new Date(Date.now() + ms);
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }, hours * 3_600_000);

/** @returns the address of the product's page at the desk */
async function makeGoods(walk: OwnerWalk): Promise<string> {
  const { page } = walk;
  await goToPlace(walk, 'place.products');
  await page
    .getByRole('link', { name: say(walk, 'create') })
    .first()
    .click();
  await page.locator('#product-name').fill('蓝灯代练');
  await page.getByLabel(say(walk, 'form.slug')).fill('levelling');
  await press(walk, say(walk, 'form.create'));
  await page.getByText(say(walk, 'sku.none')).waitFor();
  await press(walk, say(walk, 'sku.create'));
  const form = dialog(walk);
  await form.getByLabel(say(walk, 'sku.name')).first().fill('十级');
  await form.getByLabel(say(walk, 'sku.price')).first().fill('100');
  await form.getByLabel(say(walk, 'sku.delivery')).selectOption('manual');
  const asked = form.getByRole('group', { name: say(walk, 'fields.title') });
  const field = (key: 'fields.zh' | 'fields.en' | 'fields.kind' | 'fields.pattern', nth: number) =>
    asked.getByLabel(say(walk, key), { exact: true }).nth(nth);
  await press(walk, say(walk, 'fields.add'));
  await field('fields.zh', 0).fill('游戏账号');
  await field('fields.en', 0).fill('Game account');
  await field('fields.pattern', 0).fill('(a+)+');
  await press(walk, say(walk, 'fields.add'));
  await field('fields.zh', 1).fill('密码');
  await field('fields.en', 1).fill('Password of it');
  await field('fields.kind', 1).selectOption('secret');
  await form.getByRole('switch').click();
  await form.getByLabel(say(walk, 'sale.from')).fill(await inHours(walk, -1));
  await form.getByLabel(say(walk, 'sale.until')).fill(await inHours(walk, -2));
  await form.getByLabel(say(walk, 'sale.price'), { exact: true }).fill('120');
  await form.getByLabel(say(walk, 'sale.quantity')).fill('3');
  await press(walk, say(walk, 'sku.save'));
  await form.getByText(say(walk, 'sale.windowWrong')).waitFor();
  await form.getByText(say(walk, 'sale.priceWrong')).waitFor();
  await form.getByText(say(walk, 'fields.wrong')).waitFor();
  await field('fields.pattern', 0).fill('[a-z0-9]{3,12}');
  await form.getByLabel(say(walk, 'sale.until')).fill(await inHours(walk, 26));
  await form.getByLabel(say(walk, 'sale.price'), { exact: true }).fill('60');
  await look(walk, '1-variant');
  await press(walk, say(walk, 'sku.save'));
  await form.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: say(walk, 'sku.editNamed', { name: '十级' }) }).waitFor();
  await look(walk, '2-product');
  return page.url();
}

async function buyGoods(walk: OwnerWalk): Promise<void> {
  const { page, language, origin } = walk;
  const shop = (key: Parameters<typeof buyerSays>[1], values = {}) => buyerSays(language, key, values);
  await page.goto(origin);
  await page.getByRole('article').filter({ hasText: '蓝灯代练' }).getByText(shop('sale.badge')).waitFor();
  await page.goto(`${origin}/products/levelling`);
  await page
    .getByRole('region', { name: shop('sale.badge') })
    .getByText(shop('sale.left', { count: 3 }))
    .waitFor();
  await look(walk, '3-sale');
  await page.getByRole('button', { name: shop('product.buyNow') }).click();
  await page.locator('#contact').fill('li@example.com');
  await page.getByRole('button', { name: shop('checkout.submit') }).click();
  await page.getByText(shop('form.missing')).first().waitFor();
  assert.match((await page.evaluate(() => document.activeElement?.id)) ?? '', /^form-\d+-field1$/);
  await page.locator('[id$="-field1"]').fill('LI');
  await page.locator('[id$="-field2"]').fill(password);
  await page.getByText(shop('form.pattern')).waitFor();
  await look(walk, '4-checkout');
  await page.locator('[id$="-field1"]').fill('li123');
  await page.getByRole('button', { name: shop('checkout.submit') }).click();
  await page.waitForURL('**/orders/**');
  await page.getByRole('heading', { name: shop('form.answered') }).waitFor();
}

async function readAnswers(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await page.getByText(buyerSays(language, 'paid.manualHint')).waitFor();
  await page.getByText('li123').waitFor();
  assert.equal(await page.getByText(password).count(), 0, 'a secret is covered');
  await page.getByRole('button', { name: buyerSays(language, 'form.show') }).click();
  await page.getByText(password).waitFor();
  await page.getByText('60.00').first().waitFor();
  await look(walk, '5-order');
}

async function deliver(walk: OwnerWalk): Promise<void> {
  const { page, language, origin } = walk;
  const id = new URL(page.url()).pathname.split('/').at(-1);
  await page.goto(`${origin}/admin/orders/${id}`);
  await page.getByText('li123').waitFor();
  assert.equal(await page.getByText(password).count(), 0);
  await look(walk, '6-desk-order');
  await press(walk, orders(language, 'line.deliver'));
  await dialog(walk).getByText('li123').waitFor();
  await dialog(walk)
    .getByRole('button', { name: orders(language, 'form.show'), exact: true })
    .click();
  await dialog(walk).getByText(password).waitFor();
  await dialog(walk).getByRole('textbox').fill('Done, level 10');
  await look(walk, '7-deliver');
  await dialog(walk)
    .getByRole('button', { name: orders(language, 'deliver.sure'), exact: true })
    .click();
  await dialog(walk).waitFor({ state: 'hidden' });
}

async function connectProgram(walk: OwnerWalk, product: string): Promise<void> {
  const { page } = walk;
  await page.goto(product);
  await press(walk, say(walk, 'sku.create'));
  const form = dialog(walk);
  await form.getByLabel(say(walk, 'sku.name')).first().fill('二十级');
  await form.getByLabel(say(walk, 'sku.price')).first().fill('200');
  await form.getByLabel(say(walk, 'sku.delivery')).selectOption('webhook');
  await press(walk, say(walk, 'sku.save'));
  await form.waitFor({ state: 'hidden' });
  await press(walk, say(walk, 'webhook.button'));
  await form.getByLabel(say(walk, 'webhook.url')).fill('http://127.0.0.1:9/deliver');
  await form.getByRole('button', { name: say(walk, 'webhook.save'), exact: true }).click();
  await form.getByText(say(walk, 'webhook.secretWrong')).waitFor();
  await form.getByLabel(say(walk, 'webhook.secret'), { exact: true }).fill('a-secret-of-sixteen');
  await form.getByRole('button', { name: say(walk, 'webhook.save'), exact: true }).click();
  await form.getByText(say(walk, 'webhook.secretKept')).waitFor();
  await press(walk, say(walk, 'webhook.test'));
  await form.getByText(say(walk, 'webhook.failed', { reason: '' }).trim()).waitFor();
  await look(walk, '8-webhook');
  await page.keyboard.press('Escape');
  await form.waitFor({ state: 'hidden' });
  const up = page.getByRole('button', { name: says(walk.language, 'list.up', { name: '二十级' }) });
  await up.focus();
  await page.keyboard.press('Enter');
  await page.locator('section[aria-labelledby=skus] li').first().getByText('二十级').waitFor();
  assert.ok(await up.evaluate((it) => it === document.activeElement), 'the button keeps the focus');
}

/** The same owner in another window has saved: what changed is shown, and one's own change goes on top of it. */
async function saveOverTheirs(walk: OwnerWalk, product: string): Promise<void> {
  const { page, language } = walk;
  await page.goto(product);
  await page.locator('#product-name').waitFor();
  await page.evaluate(async () => {
    const id = location.pathname.split('/').at(-1);
    const me = await (await fetch('/api/admin/v1/me')).json();
    const { product: theirs } = await (await fetch(`/api/admin/v1/products/${id}`)).json();
    await fetch(`/api/admin/v1/products/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'x-csrf-token': me.csrfToken },
      body: JSON.stringify({ version: theirs.version, name: '蓝灯代练 · 新' }),
    });
  });
  await page.getByLabel(say(walk, 'form.summary')).first().fill('当天完成');
  await button(walk, 'form.save').click();
  const name = say(walk, 'form.name');
  await page.getByText(says(language, 'form.wasAndIs', { name, was: '蓝灯代练', is: '蓝灯代练 · 新' })).waitFor();
  await page.getByRole('alert').scrollIntoViewIfNeeded();
  await look(walk, '9-conflict');
  await button(walk, 'form.keepMine').click();
  await page.getByRole('heading', { name: '蓝灯代练 · 新' }).waitFor();
  assert.equal(await page.getByLabel(say(walk, 'form.summary')).first().inputValue(), '当天完成');
}

async function copyAndArchive(walk: OwnerWalk, product: string): Promise<void> {
  const { page } = walk;
  await press(walk, say(walk, 'copy.do'));
  await page.getByRole('heading', { name: '蓝灯代练 · 新（副本）' }).waitFor();
  assert.notEqual(page.url(), product);
  await press(walk, say(walk, 'archive.do'));
  await press(walk, say(walk, 'archive.sure'));
  await page.getByRole('button', { name: say(walk, 'archive.back') }).click();
  await page.getByRole('button', { name: say(walk, 'archive.do'), exact: true }).waitFor();
  await goToPlace(walk, 'place.products');
  await page.getByRole('link', { name: '蓝灯代练 · 新（副本）' }).waitFor();
  await press(walk, says(walk.language, 'list.up', { name: '蓝灯代练 · 新（副本）' }));
  await look(walk, 'a-products');
}
