/** From the one-time link to a card in a buyer's hand, as a person does it: the guide, the shop's look, pictures. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { en as appearanceEn } from '../../web/admin/appearance/locales/en.ts';
import { zh as appearanceZh } from '../../web/admin/appearance/locales/zh.ts';
import { en as pictureEn } from '../../web/admin/pictures/locales/en.ts';
import { zh as pictureZh } from '../../web/admin/pictures/locales/zh.ts';
import { en as startEn } from '../../web/admin/start/locales/en.ts';
import { zh as startZh } from '../../web/admin/start/locales/zh.ts';
import { en as legalEn } from '../../web/storefront/legal/locales/en.ts';
import { zh as legalZh } from '../../web/storefront/legal/locales/zh.ts';
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
import { cards, products, reader, settings } from './desk.ts';
import { says as buyerSays } from './journey.ts';
import { button, goToPlace, type OwnerWalk, owner, says } from './owner.ts';
import { type RunningShop, startShop } from './shop.ts';

const start = reader(startZh, startEn);
const appearance = reader(appearanceZh, appearanceEn);
const pictures = reader(pictureZh, pictureEn);
const legal = reader(legalZh, legalEn);
const walks = [
  { name: 'phone-chinese', device: phone, language: 'zh' },
  { name: 'desktop-english', device: desktop, language: 'en' },
] as const;
const names = { zh: '蓝灯小铺', en: 'Blue Lantern' };
const navy = '#1f3f66';

describe('the first day of a shop', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const { name, device, language } of walks) {
    test(`${name}: the link leads to a shop with a name, a product, cards, and a first sale`, async () => {
      const shop = await startShop();
      try {
        const { page, complaints } = await openPage(browser, device);
        await page.addInitScript((it) => localStorage.setItem('cardwell.language', JSON.stringify(it)), language);
        const walk: OwnerWalk = { page, language, name, origin: shop.origin };
        await becomeOwner(walk, shop.setupLink);
        await giveLook(walk);
        await makeProduct(walk);
        await stockUp(walk);
        await skipChannel(walk);
        await buyOnce(walk, shop);
        await openForReal(walk);
        await addPictures(walk);
        await dressUp(walk);
        await visitShop(walk);
        assert.deepEqual(complaintsExcept(complaints, /status of (400|401)/), []);
      } finally {
        await Promise.all(browser.contexts().map((context) => context.close()));
        await shop.stop();
      }
    });
  }
});

async function look({ page, name }: OwnerWalk, where: string): Promise<void> {
  await assertNoSidewaysScroll(page, where);
  await assertAccessible(page, where);
  await screenshot(page, `first-${name}-${where}`);
}

const press = (page: Page, text: string): Promise<void> =>
  page.getByRole('button', { name: text, exact: true }).first().click();
const step = (walk: OwnerWalk, key: `step.${keyof typeof steps}`) =>
  walk.page.getByRole('heading', { name: start(walk.language, key), exact: true }).waitFor();
const steps = { look: 1, product: 1, cards: 1, channel: 1, purchase: 1, samples: 1 };

const paper = async (background: string, width = 640, height = 400) => ({
  name: '../../etc/passwd.png',
  mimeType: 'image/png',
  buffer: await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer(),
});

async function becomeOwner(walk: OwnerWalk, link: string): Promise<void> {
  const { page, language } = walk;
  await page.goto(link);
  await page.locator('#login').fill(owner.login);
  await page.locator('#new-password').fill(owner.password);
  await page.locator('#repeated-password').fill(owner.password);
  await button(walk, 'setup.submit').click();
  await page.getByRole('heading', { name: start(language, 'card.title') }).waitFor();
  await look(walk, '1-home');
  await page
    .getByRole('link', { name: start(language, 'continue', { step: start(language, 'step.look') }), exact: true })
    .click();
  await step(walk, 'step.look');
}

async function giveLook(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await page.locator('#shop-name').fill('');
  await press(page, start(language, 'look.save'));
  await page.getByText(appearance(language, 'needName')).waitFor();
  await page.locator('#shop-name').fill(names.zh);
  await page.getByLabel(appearance(language, 'nameEn'), { exact: true }).fill(names.en);
  await page.locator('#shop-colour').fill('#ffee88');
  await page.getByText(appearance(language, 'colourLight')).waitFor();
  await page.locator('#shop-colour').fill(navy);
  const icon = { ...(await paper(navy, 64, 64)), mimeType: 'text/html' };
  const files = page.locator('input[type=file]');
  await files.first().setInputFiles(icon);
  await page.getByText(pictures(language, 'notPicture', { name: 'passwd.png' })).waitFor();
  await files.first().setInputFiles(await paper(navy, 64, 64));
  await press(page, pictures(language, 'replace'));
  await look(walk, '2-look');
  await press(page, start(language, 'look.save'));
  await press(page, start(language, 'next'));
  await step(walk, 'step.product');
}

async function makeProduct(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await press(page, start(language, 'product.create'));
  await page.getByText(start(language, 'product.priceWrong')).waitFor();
  await page.locator('#first-name').fill('Lantern card');
  await page.locator('#first-sku').fill('100');
  await page.locator('#first-price').fill('9.90');
  await page.locator('input[type=file]').setInputFiles(await paper('#2f679c'));
  await page.getByRole('button', { name: pictures(language, 'replace') }).waitFor();
  await look(walk, '3-product');
  await press(page, start(language, 'product.create'));
  await page.getByText(start(language, 'product.done', { name: 'Lantern card' })).waitFor();
  await press(page, start(language, 'next'));
  await step(walk, 'step.cards');
}

async function stockUp(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await press(page, start(language, 'cards.import'));
  await page.getByRole('dialog').getByRole('textbox').first().fill('L-1----LIGHT-1\nL-2----LIGHT-2\n');
  await press(page, cards(language, 'import.start'));
  await page.getByText(cards(language, 'import.imported', { count: 2 })).waitFor();
  await press(page, cards(language, 'import.close'));
  await page.getByText(start(language, 'cards.done')).waitFor();
  await press(page, start(language, 'next'));
  await step(walk, 'step.channel');
}

/** The shop is left here, and taken up again from its home page. */
async function skipChannel(walk: OwnerWalk): Promise<void> {
  const { page, language, origin } = walk;
  await page.getByText(start(language, 'channel.sandbox')).waitFor();
  await look(walk, '4-channel');
  await press(page, start(language, 'skip'));
  await step(walk, 'step.purchase');
  await page.goto(`${origin}/admin/`);
  await page.getByText(start(language, 'progress', { done: 4, count: 7 })).waitFor();
  const next = start(language, 'continue', { step: start(language, 'step.purchase') });
  await page.getByRole('link', { name: next, exact: true }).click();
  await page.getByText(start(language, 'purchase.waiting')).waitFor();
}

async function buyOnce(walk: OwnerWalk, shop: RunningShop): Promise<void> {
  const { page, language } = walk;
  const link = page.getByRole('link', { name: start(language, 'purchase.open') });
  const [buyer] = await Promise.all([page.waitForEvent('popup'), link.click()]);
  await buyer.getByRole('heading', { name: 'Lantern card' }).waitFor();
  const cover = buyer.locator('main img[srcset]').first();
  await cover.waitFor();
  await buyer.waitForFunction(() => document.querySelector<HTMLImageElement>('main img[srcset]')?.naturalWidth);
  await look({ ...walk, page: buyer }, '5-shop-product');
  await buyer.getByRole('button', { name: buyerSays(language, 'product.buyNow') }).click();
  await buyer.getByLabel(buyerSays(language, 'checkout.contact')).fill('first@example.com');
  await buyer.getByRole('button', { name: buyerSays(language, 'checkout.submit') }).click();
  await buyer.getByRole('heading', { name: buyerSays(language, 'pending.title') }).waitFor();
  await shop.pay(buyer);
  await buyer.getByText('LIGHT-1').waitFor();
  await buyer.close();
  await page.getByRole('link', { name: start(language, 'purchase.see') }).waitFor();
  await press(page, start(language, 'next'));
  await step(walk, 'step.samples');
}

async function openForReal(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await press(page, settings(language, 'samplesRemove'));
  await press(page, settings(language, 'samplesSure'));
  await page.getByText(start(language, 'samples.none')).waitFor();
  await look(walk, '6-open');
  await page.getByRole('link', { name: start(language, 'samples.finish') }).click();
  await page.waitForURL('**/admin/');
  await page.getByRole('heading', { name: says(language, 'home.greeting', { name: owner.login }) }).waitFor();
  assert.equal(await page.getByRole('heading', { name: start(language, 'card.title') }).count(), 0);
}

/** A second picture goes to the front, with words for who cannot see it. */
async function addPictures(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.products');
  await page.locator('main a[href*="/admin/products/"]').filter({ hasText: 'Lantern card' }).click();
  await page.getByRole('heading', { name: pictures(language, 'title'), exact: true }).waitFor();
  const list = page.locator('section[aria-labelledby=pictures]');
  await list.locator('input[type=file]').setInputFiles([await paper('#a9502b'), await paper('#5c55a6', 300, 300)]);
  await list.locator('li').nth(2).waitFor();
  await press(page, pictures(language, 'forward', { number: 2 }));
  await list.getByLabel(pictures(language, 'alt'), { exact: true }).first().fill('橙色的灯');
  await press(page, pictures(language, 'removeNamed', { number: 3 }));
  await list.scrollIntoViewIfNeeded();
  await look(walk, '7-pictures');
  await button(walk, 'form.save').click();
  await page.getByText(products(language, 'form.view')).waitFor();
  await list.locator('li').nth(1).waitFor();
  assert.equal(await list.getByLabel(pictures(language, 'alt'), { exact: true }).first().inputValue(), '橙色的灯');
}

async function dressUp(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.appearance');
  const tab = (key: 'look' | 'news' | 'footer' | 'css' | 'legal') =>
    page.getByText(appearance(language, `tab.${key}`), { exact: true }).click();
  await page.locator('#shop-name').waitFor();
  await look(walk, '8-appearance');
  await tab('news');
  await page.getByRole('textbox', { name: appearance(language, 'news'), exact: true }).fill('春节照常发货');
  await page.getByLabel(appearance(language, 'newsEn'), { exact: true }).fill('Open all week');
  await look(walk, '9-news');
  await tab('footer');
  await page.getByLabel(appearance(language, 'filing'), { exact: true }).fill('沪ICP备2026000000号-1');
  await press(page, appearance(language, 'linkAdd'));
  await page.locator('#link-name-0').fill('Blog');
  await page.locator('#link-url-0').fill('javascript:alert(1)');
  await button(walk, 'form.save').click();
  await page.getByText(appearance(language, 'linkWrong')).waitFor();
  await page.locator('#link-url-0').fill('https://blog.example.com');
  await look(walk, 'a-footer');
  await tab('css');
  await page
    .getByRole('textbox', { name: appearance(language, 'css'), exact: true })
    .fill('@import "https://evil.example/x.css";');
  await button(walk, 'form.save').click();
  await page.getByText('body/customCss').waitFor();
  await page
    .getByRole('textbox', { name: appearance(language, 'css'), exact: true })
    .fill('main { border-top: 3px solid rgb(1, 2, 3); }');
  await look(walk, 'b-css');
  await button(walk, 'form.save').click();
  await page.getByText(says(language, 'form.saved'), { exact: true }).waitFor();
  await tab('legal');
  await press(page, appearance(language, 'legal.sample'));
  const name = appearance(language, 'legal.terms');
  await press(page, appearance(language, 'legal.save', { name }));
  await page.getByRole('link', { name: appearance(language, 'legal.open') }).waitFor();
  await look(walk, 'c-legal');
}

async function visitShop(walk: OwnerWalk): Promise<void> {
  const { page, language, origin } = walk;
  await page.goto(origin);
  await page.getByRole('banner').getByText(names[language]).waitFor();
  await page.getByText(language === 'zh' ? '春节照常发货' : 'Open all week').waitFor();
  await page.getByRole('article').waitFor();
  await page.getByRole('link', { name: legal(language, 'terms') }).waitFor();
  const seen = () =>
    page.evaluate(() => [
      getComputedStyle(document.documentElement).getPropertyValue('--cw-brand').trim(),
      getComputedStyle(document.querySelector('main')!).borderTopWidth,
    ]);
  assert.deepEqual(await seen(), [navy, '3px']);
  await look(walk, 'd-shop');
  await page.getByRole('link', { name: 'Lantern card' }).click();
  await page.getByRole('button', { name: buyerSays(language, 'product.picture', { number: 2 }) }).click();
  await look(walk, 'e-gallery');
  await page.goto(`${origin}/legal/terms`);
  await page.getByRole('heading', { level: 1, name: legal(language, 'terms') }).waitFor();
  await look(walk, 'f-terms');
  await page.goto(`${origin}/safe-mode`);
  await page.getByText(legal(language, 'safeMode')).waitFor();
  assert.deepEqual(await seen(), [navy, '0px']);
  await page.getByRole('link', { name: legal(language, 'safeModeOff') }).click();
  await page.getByRole('article').waitFor();
  assert.deepEqual(await seen(), [navy, '3px']);
}
