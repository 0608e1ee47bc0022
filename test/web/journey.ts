/** The way of a buyer through the storefront, written once and walked on every screen and in every language. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import type { Language } from '../../contract/common.ts';
import { en as checkoutEn } from '../../web/storefront/checkout/locales/en.ts';
import { zh as checkoutZh } from '../../web/storefront/checkout/locales/zh.ts';
import { en } from '../../web/storefront/locales/en.ts';
import { zh } from '../../web/storefront/locales/zh.ts';
import { en as orderEn } from '../../web/storefront/order/locales/en.ts';
import { zh as orderZh } from '../../web/storefront/order/locales/zh.ts';
import { en as uiEn } from '../../web/ui/locales/en.ts';
import { zh as uiZh } from '../../web/ui/locales/zh.ts';
import { fillText } from '../../web/ui/texts.ts';
import { assertAccessible, assertNoSidewaysScroll, screenshot } from './browser.ts';

export type Key = keyof typeof zh | keyof typeof checkoutZh | keyof typeof orderZh | keyof typeof uiZh;

export interface Walk {
  page: Page;
  language: Language;
  /** Names the screenshots. */
  name: string;
  origin: string;
  slugs: readonly [string, string];
  /** Pays the order on the page, as a buyer would in the channel's app. */
  pay: (page: Page) => Promise<void>;
}

const texts: Record<Language, Record<string, string>> = {
  zh: { ...zh, ...checkoutZh, ...orderZh, ...uiZh },
  en: { ...en, ...checkoutEn, ...orderEn, ...uiEn },
};

export const says = (language: Language, key: Key, values: Record<string, string | number> = {}): string =>
  fillText(texts[language][key] ?? key, values, language);

/** A text whatever values stand in it. */
export function pattern(language: Language, key: Key): RegExp {
  const parts = (texts[language][key] ?? key).split(/(\{[^}]+\})/).map((part) => {
    if (!part.startsWith('{')) return escapeRegExp(part);
    const [, one, other] = part.slice(1, -1).split('|');
    return one === undefined ? '.+' : `(?:${escapeRegExp(one)}|${escapeRegExp(other ?? one)})`;
  });
  return new RegExp(parts.join(''));
}
const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

async function look({ page, name }: Walk, where: string): Promise<void> {
  await assertNoSidewaysScroll(page, where);
  await assertAccessible(page, where);
  await screenshot(page, `${name}-${where}`);
}

export const button = ({ page, language }: Walk, key: Key): Locator =>
  page.getByRole('button', { name: says(language, key), exact: true });
const heading = ({ page, language }: Walk, key: Key): Locator =>
  page.getByRole('heading', { name: says(language, key) });

/** Visits the catalogue, looks for a product by name and by category, and comes back to all. */
export async function browseCatalogue(walk: Walk): Promise<void> {
  const { page, language, origin } = walk;
  await page.goto(origin);
  await page.getByRole('article').first().waitFor();
  await look(walk, '1-catalogue');
  const all = await page.getByRole('article').count();
  const name = await page.getByRole('article').first().getByRole('heading').innerText();
  const box = page.locator('input[type=search]:visible');
  await box.fill(name);
  await page.waitForURL(/[?&]q=/);
  await page.getByText(says(language, 'catalog.found', { count: 1 })).waitFor();
  await box.fill('zzzz-nothing');
  await heading(walk, 'catalog.none').waitFor();
  await look(walk, '2-nothing-found');
  await page.getByRole('link', { name: says(language, 'catalog.showAll') }).click();
  await page
    .getByRole('article')
    .nth(all - 1)
    .waitFor();
  const categories = page.getByRole('navigation', { name: says(language, 'catalog.categories') });
  await categories.getByRole('link').nth(1).click();
  await page.waitForURL(/category=/);
  await page.getByRole('article').first().waitFor();
  await categories.getByRole('link').first().click();
  await page
    .getByRole('article')
    .nth(all - 1)
    .waitFor();
}

/** Puts two products into the cart. */
export async function fillCart(walk: Walk): Promise<void> {
  const { page, language } = walk;
  for (const [at, slug] of walk.slugs.entries()) {
    await page.locator(`article a[href="/products/${slug}"]`).click();
    await button(walk, 'product.addToCart').waitFor();
    if (at === 0) {
      await look(walk, '3-product');
      await page.getByRole('button', { name: says(language, 'product.more') }).click();
    }
    await button(walk, 'product.addToCart').click();
    await page.getByRole('link', { name: says(language, 'product.viewCart') }).waitFor();
    if (at === 0) await page.getByRole('link', { name: says(language, 'product.back') }).click();
  }
  await page.getByRole('link', { name: says(language, 'product.viewCart') }).click();
  await heading(walk, 'cart.title').waitFor();
  await page.getByRole('link', { name: says(language, 'cart.checkout') }).waitFor();
  assert.equal(await page.getByRole('main').getByRole('listitem').count(), 2);
  await look(walk, '4-cart');
}

export interface Buyer {
  contact: string;
  lookupPassword: string;
}

/** From the cart to the payment page; returns the order number. */
export async function checkOut(walk: Walk, buyer: Buyer): Promise<string> {
  const { page, language } = walk;
  await page.getByRole('link', { name: says(language, 'cart.checkout') }).click();
  await heading(walk, 'checkout.title').waitFor();
  await button(walk, 'checkout.submit').click();
  await page.getByText(says(language, 'checkout.contactShort')).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'contact');
  await look(walk, '5-checkout');
  await page.getByLabel(says(language, 'checkout.contact')).fill(buyer.contact);
  await page.getByLabel(says(language, 'checkout.password')).fill(buyer.lookupPassword);
  await button(walk, 'checkout.submit').click();
  await page.getByRole('img', { name: pattern(language, 'pending.qr') }).waitFor();
  await look(walk, '6-payment');
  return new URL(page.url()).pathname.split('/').at(-1)!;
}

/** Pays and takes the cards: by copy and as a file. Returns the secrets shown. */
export async function payAndTakeCards(walk: Walk): Promise<string> {
  const { page, language } = walk;
  await walk.pay(page);
  const paidAt = Date.now();
  await heading(walk, 'cards.title').waitFor();
  const flippedMs = Date.now() - paidAt;
  assert.ok(flippedMs < 1000, `the page showed the cards ${flippedMs} ms after payment`);
  await page.getByRole('button', { name: says(language, 'cards.copyAll') }).click();
  await page.getByRole('button', { name: says(language, 'ui.copied') }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: says(language, 'cards.download') }).click(),
  ]);
  const file = await readFile((await download.path())!, 'utf8');
  assert.equal(file.replace('\uFEFF', '').trim(), copied.trim());
  for (const row of copied.split('\n').filter((line) => line && !line.startsWith('#'))) {
    for (const part of row.split('\t')) await page.getByText(part, { exact: true }).first().waitFor();
  }
  await look(walk, '7-cards');
  return copied;
}

/** Finds the order again on a device that has never seen it. */
export async function findAgain(walk: Walk, buyer: Buyer, cards: string): Promise<void> {
  const { page, language, origin } = walk;
  await page.goto(`${origin}/orders`);
  await heading(walk, 'orders.title').waitFor();
  await page.getByLabel(says(language, 'orders.contact')).fill(buyer.contact);
  await page.getByLabel(says(language, 'orders.password'), { exact: true }).fill(buyer.lookupPassword);
  await button(walk, 'orders.submit').click();
  await page.getByText(pattern(language, 'orders.found')).waitFor();
  await look(walk, '8-found');
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await heading(walk, 'cards.title').waitFor();
  const secret = cards.split('\n').find((row) => row && !row.startsWith('#'))!;
  await page.getByText(secret.split('\t').at(-1)!, { exact: true }).first().waitFor();
  assert.ok(!page.url().includes('#'), 'the key has left the address bar');
}
