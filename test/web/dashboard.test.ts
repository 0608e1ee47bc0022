/** The first page and the list of orders, as an owner reads and uses them: on a desk in English, on a phone in Chinese. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { PlaceOrderReply, ProductList } from '../../contract/shop.ts';
import { en as homeEn } from '../../web/admin/home/locales/en.ts';
import { zh as homeZh } from '../../web/admin/home/locales/zh.ts';
import { fillText } from '../../web/ui/texts.ts';
import {
  assertAccessible,
  assertNoSidewaysScroll,
  desktop,
  launchBrowser,
  openPage,
  phone,
  screenshot,
} from './browser.ts';
import { orders } from './desk.ts';
import { button, goToPlace, type OwnerWalk, owner, says } from './owner.ts';
import { type RunningShop, startShop } from './shop.ts';

const walks = [
  { name: 'phone-zh', device: phone, language: 'zh', colorScheme: 'dark' },
  { name: 'desktop-en', device: desktop, language: 'en', colorScheme: 'light' },
] as const;

describe('the dashboard', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const { name, device, language, colorScheme } of walks) {
    test(`${name}: figures of the day, what happened to an order, many orders at once, a file`, async () => {
      const shop = await startShop();
      try {
        const { page, complaints } = await openPage(browser, { ...device, colorScheme });
        await page.addInitScript((it) => localStorage.setItem('cardwell.language', JSON.stringify(it)), language);
        const walk: OwnerWalk = { page, language, name, origin: shop.origin };
        const [paid, open] = [await buy(shop, true), await buy(shop, false)];
        await becomeOwner(walk, shop.setupLink);
        await readFigures(walk);
        await readTimeline(walk, paid);
        await changeMany(walk, paid, open);
        await takeFile(walk, paid);
        assert.deepEqual(complaints, []);
      } finally {
        await shop.stop();
      }
    });
  }
});

const home = ({ language }: OwnerWalk, key: keyof typeof homeZh, values: Record<string, string | number> = {}) =>
  fillText((language === 'zh' ? homeZh : homeEn)[key], values, language);

async function look({ page, name }: OwnerWalk, where: string): Promise<void> {
  await assertNoSidewaysScroll(page, where);
  await assertAccessible(page, where);
  await screenshot(page, `dashboard-${name}-${where}`);
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

async function readFigures(walk: OwnerWalk): Promise<void> {
  const { page } = walk;
  await page.getByText(home(walk, 'figure.ordersHint', { paid: 1, delivered: 1 })).waitFor();
  await page.getByRole('table', { name: home(walk, 'chart.hours') }).waitFor({ state: 'attached' });
  await look(walk, '1-today');
  await page.getByText(home(walk, 'range.month'), { exact: true }).click();
  await page.getByRole('table', { name: home(walk, 'chart.days') }).waitFor({ state: 'attached' });
  assert.equal(new URL(page.url()).searchParams.get('range'), 'month');
  await page.getByText(home(walk, 'range.own'), { exact: true }).click();
  await page.getByLabel(home(walk, 'range.from'), { exact: true }).fill('2001-01-01');
  await page.getByText(home(walk, 'chart.none')).waitFor();
  await look(walk, '2-own-range');
}

async function readTimeline(walk: OwnerWalk, id: string): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.orders');
  await page.getByRole('link', { name: id }).click();
  const happened = page.getByRole('region', { name: orders(language, 'timeline.title') });
  await happened.getByText(orders(language, 'event.delivered')).waitFor();
  await happened.getByText(orders(language, 'event.evidence', { by: 'sandbox' })).waitFor();
  await look(walk, '3-timeline');
}

/** One of the two can be cancelled; the other is told. */
async function changeMany(walk: OwnerWalk, paid: string, open: string): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.orders');
  for (const id of [paid, open]) await page.getByLabel(orders(language, 'select', { id })).check();
  await page.getByRole('button', { name: orders(language, 'do.cancel'), exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(says(language, 'ask.reason')).fill('整理订单');
  await dialog.getByRole('button', { name: orders(language, 'do.cancelSure') }).click();
  const why = orders(language, 'why.not-possible');
  await page
    .getByRole('status')
    .getByText(orders(language, 'many.done', { done: 1, left: 1, why }))
    .waitFor();
  await page.getByRole('cell', { name: orders(language, 'status.cancelled') }).waitFor();
  await look(walk, '4-many');
}

async function takeFile(walk: OwnerWalk, id: string): Promise<void> {
  const { page, language } = walk;
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: orders(language, 'export') }).click();
  const file = await saving;
  assert.match(file.suggestedFilename(), /^orders-[\d-]+\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  assert.ok(text.includes(id));
}

async function buy({ origin }: RunningShop, paid: boolean): Promise<string> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const list = (await (await fetch(`${origin}/api/v1/products/sample-skylark-gift-card`)).json()) as {
    product: ProductList['products'][number];
  };
  const skuId = list.product.skus[0]?.id;
  const body = { lines: [{ skuId, quantity: 1 }], contact: 'reader@example.com', channel: 'sandbox' };
  const reply = await fetch(`${origin}/api/v1/orders`, { ...post, body: JSON.stringify(body) });
  const placed = (await reply.json()) as PlaceOrderReply;
  assert.equal(reply.status, 201, JSON.stringify(placed));
  const action = placed.payment?.action;
  assert.ok(action && 'url' in action && action.url);
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  if (paid) assert.ok((await fetch(action.url, { method: 'POST', headers: type, body: 'choice=pay' })).ok);
  return placed.order.id;
}
