/**
 * `npm run bench:web [-- --runs 5 --slow 4 --json]`: what a browser on a slow phone feels. Builds the pages, starts a shop with
 * its sample goods, and loads pages in Chromium with an empty cache and a slowed CPU; beside them a document of a few bytes of
 * the same server in the same run, because a figure alone says more about the machine. The line itself is not slowed.
 */
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import type { PlaceOrderReply, ProductList } from '../contract/shop.ts';
import { ensureWebBuild } from '../scripts/setup/web.mjs';
import { desktop, launchBrowser, openPage, phone } from '../test/web/browser.ts';
import { owner } from '../test/web/owner.ts';
import { type RunningShop, startShop } from '../test/web/shop.ts';
import { median, type PageFigures, watchPage } from './web/page-figures.ts';
import { printFigures } from './web/print-figures.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    slow: { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const slow = Number(values.slow);
const orders = 30;

interface Target {
  name: string;
  path: string;
  device: typeof phone | typeof desktop;
  signedIn: boolean;
}

ensureWebBuild(new URL('..', import.meta.url).pathname, process.execPath);
const browser = await launchBrowser();
const shop = await startShop();
try {
  const skuId = await sell(shop);
  const state = await signIn(browser, shop);
  const targets: Target[] = [
    { name: 'baseline: /healthz', path: '/healthz', device: phone, signedIn: false },
    { name: 'shop: catalogue', path: '/', device: phone, signedIn: false },
    { name: 'shop: product', path: `/products/${shop.slugs[1]}`, device: phone, signedIn: false },
    { name: 'shop: checkout', path: `/checkout?lines=${skuId}.1.${shop.slugs[1]}`, device: phone, signedIn: false },
    { name: 'desk: home', path: '/admin/', device: desktop, signedIn: true },
    { name: 'desk: orders', path: '/admin/orders', device: desktop, signedIn: true },
  ];
  const figures = new Map<string, PageFigures[]>(targets.map(({ name }) => [name, []]));
  // In turns, so that a neighbour who takes the CPU for a while slows all of them.
  for (let run = 0; run < runs; run++)
    for (const { name, path, device, signedIn } of targets) {
      const { page, close } = await openPage(browser, { ...device, ...(signedIn && { storageState: state }) });
      page.setDefaultTimeout(60_000);
      figures.get(name)?.push(await watchPage(page, shop.origin + path, slow));
      await close();
    }
  const middle = targets.map(({ name }) => ({ name, ...median(figures.get(name) ?? []) }));
  if (values.json) process.stdout.write(`${JSON.stringify({ runs, slow, pages: middle })}\n`);
  else printFigures(middle, { runs, slow });
} finally {
  await browser.close();
  await shop.stop();
}

/** Something for the lists of the desk. @returns the SKU */
async function sell({ origin, slugs }: RunningShop): Promise<number> {
  const reply = await fetch(`${origin}/api/v1/products/${slugs[1]}`);
  const { product } = (await reply.json()) as { product: ProductList['products'][number] };
  const skuId = product.skus[0]?.id ?? 0;
  const headers = { 'content-type': 'application/json' };
  for (let at = 0; at < orders; at++) {
    const lines = [{ skuId, quantity: 1 }];
    const body = JSON.stringify({ lines, contact: `buyer-${at}@example.com`, channel: 'sandbox' });
    const placed = await fetch(`${origin}/api/v1/orders`, { method: 'POST', headers, body });
    // Limits of a real shop: what it takes is enough.
    if (placed.status !== 201) break;
    const action = ((await placed.json()) as PlaceOrderReply).payment?.action;
    if (!action || !('url' in action) || !action.url) continue;
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    await fetch(action.url, { method: 'POST', headers: type, body: 'choice=pay' });
  }
  return skuId;
}

async function signIn(from: Browser, { setupLink }: RunningShop) {
  const { page, close } = await openPage(from, desktop);
  page.setDefaultTimeout(60_000);
  await page.goto(setupLink);
  await page.locator('#login').fill(owner.login);
  await page.locator('#new-password').fill(owner.password);
  await page.locator('#repeated-password').fill(owner.password);
  await page.locator('button[type=submit]').click();
  await page.waitForURL((url) => !url.pathname.endsWith('/setup'));
  const state = await page.context().storageState();
  await close();
  return state;
}
