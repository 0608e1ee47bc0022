/**
 * `node scripts/owner-guide.ts [name ...]`: the pictures of docs/owner-guide, in both languages, taken from a real shop that has
 * sold for a day. Without names all are taken.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { launchBrowser, openPage } from '../test/web/browser.ts';
import { type RunningShop, startShop } from '../test/web/shop.ts';
import { sellForADay } from './owner-guide/day-of-sales.ts';
import { type Shot, shots, type Visit } from './owner-guide/shots.ts';
import { ensureWebBuild } from './setup/web.mjs';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs', 'owner-guide');
const devices = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const;
const password = 'a quiet river at dawn';

async function takeAll(browser: Browser, shop: RunningShop, wanted: readonly Shot[]): Promise<void> {
  // Before anybody looks: the figures of the first page are kept for a moment.
  const sold = await sellForADay(shop.origin);
  const owner = await becomeOwner(browser, shop);
  for (const language of ['zh', 'en'] as const) {
    await mkdir(join(folder, language), { recursive: true });
    for (const shot of wanted) {
      const { page, close } = await openPage(browser, { ...devices[shot.on], storageState: owner });
      await page.addInitScript((it) => localStorage.setItem('cardwell.language', JSON.stringify(it)), language);
      const visit: Visit = { page, language, origin: shop.origin, ...sold };
      await take(visit, shot);
      await close();
    }
  }
}

async function becomeOwner(browser: Browser, shop: RunningShop) {
  const { page, close } = await openPage(browser, devices.desktop);
  await page.goto(shop.setupLink);
  await page.locator('#login').fill('lin');
  await page.locator('#new-password').fill(password);
  await page.locator('#repeated-password').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.includes('setup'), { waitUntil: 'networkidle', timeout: 60_000 });
  const state = await page.context().storageState();
  await close();
  return state;
}

async function take(visit: Visit, shot: Shot): Promise<void> {
  const { page, language, origin } = visit;
  await page.goto(`${origin}${typeof shot.path === 'string' ? shot.path : shot.path(visit)}`);
  await page
    .locator(shot.until ?? 'h1')
    .first()
    .waitFor();
  await settle(page);
  await shot.before?.(visit);
  await settle(page);
  // Screens are flat: a palette says the same in a quarter of the bytes.
  const picture = await sharp(await page.screenshot())
    .png({ palette: true, colours: 128, effort: 10, compressionLevel: 9 })
    .toBuffer();
  await writeFile(join(folder, language, `${shot.name}.png`), picture);
  console.log(`docs/owner-guide/${language}/${shot.name}.png: ${Math.round(picture.length / 1000)} KB`);
}

async function settle(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState('networkidle').catch(() => undefined);
}

const names = process.argv.slice(2);
const wanted = names.length === 0 ? shots : shots.filter((shot) => names.includes(shot.name));
if (wanted.length === 0) throw new Error(`No such picture: ${names.join(', ')}`);
ensureWebBuild(root, process.execPath);
const [shop, browser] = await Promise.all([startShop(), launchBrowser()]);
try {
  await takeAll(browser, shop, wanted);
} finally {
  await browser.close();
  await shop.stop();
}
