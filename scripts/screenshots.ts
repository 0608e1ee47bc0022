/** `node scripts/screenshots.ts`: the pictures of the README in docs/images, taken from a real shop on data of its own. */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Language } from '../contract/common.ts';
import { launchBrowser, openPage } from '../test/web/browser.ts';
import { says } from '../test/web/journey.ts';
import { type RunningShop, startShop } from '../test/web/shop.ts';
import { ensureWebBuild } from './setup/web.mjs';
import { smallerPng } from './smaller-png.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs', 'images');
/** A README shows all of them at once. */
const largestBytes = 250_000;
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const desktop = { viewport: { width: 1280, height: 800 } };

async function takePictures(browser: Browser, shop: RunningShop): Promise<void> {
  const product = `${shop.origin}/products/${shop.slugs[1]}`;

  const buyer = await open(browser, phone, 'zh');
  await buyer.goto(product);
  await buyer.getByRole('button', { name: says('zh', 'product.buyNow') }).waitFor();
  await take(buyer, 'storefront-phone');

  await buyer.getByRole('button', { name: says('zh', 'product.more') }).click();
  await buyer.getByRole('button', { name: says('zh', 'product.buyNow') }).click();
  await buyer.getByLabel(says('zh', 'checkout.contact')).fill('buyer@example.com');
  await buyer.getByRole('button', { name: says('zh', 'checkout.submit') }).click();
  await buyer.getByRole('heading', { name: says('zh', 'pending.title') }).waitFor();
  await shop.pay(buyer);
  await buyer.getByRole('heading', { name: says('zh', 'cards.title') }).waitFor();
  await buyer.evaluate(() => window.scrollTo(0, 0));
  await take(buyer, 'order-phone');

  const visitor = await open(browser, desktop, 'en');
  await visitor.goto(shop.origin);
  await visitor.getByRole('article').first().waitFor();
  await take(visitor, 'catalogue-desktop');

  const desk = await open(browser, desktop, 'zh');
  await desk.goto(shop.setupLink);
  await desk.locator('#login').fill('lin');
  await desk.locator('#new-password').fill('a quiet river at dawn');
  await desk.locator('#repeated-password').fill('a quiet river at dawn');
  await desk.keyboard.press('Enter');
  await desk.waitForURL('**/admin/');
  await desk.goto(`${shop.origin}/admin/products`);
  await desk.getByRole('table').waitFor();
  await take(desk, 'desk-products');
}

async function open(browser: Browser, options: BrowserContextOptions, language: Language): Promise<Page> {
  const { page } = await openPage(browser, { ...options, colorScheme: 'light' });
  await page.addInitScript((chosen) => localStorage.setItem('cardwell.language', JSON.stringify(chosen)), language);
  return page;
}

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState('networkidle');
  const picture = smallerPng(await page.screenshot());
  assert.ok(picture.length < largestBytes, `${name}: ${picture.length} bytes`);
  await writeFile(join(folder, `${name}.png`), picture);
  console.log(`docs/images/${name}.png: ${Math.round(picture.length / 1000)} KB`);
}

ensureWebBuild(root, process.execPath);
await mkdir(folder, { recursive: true });
const [shop, browser] = await Promise.all([startShop(), launchBrowser()]);
try {
  await takePictures(browser, shop);
} finally {
  await browser.close();
  await shop.stop();
}
