/**
 * Markup in every text that an owner or a buyer can write, then every page of shop and desk in a browser: nothing of it may run,
 * become an element, or even try and be stopped by the content security policy.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page, Request } from 'playwright-core';
import { firstOwner } from '../kit/desk-people.ts';
import { type ShopServer, startShop } from '../kit/shop-server.ts';
import { until } from '../kit/until.ts';
import { launchBrowser, openPage } from '../web/browser.ts';
import { mark, markup } from './attacks/payloads.ts';
import { type Planted, plantMarkup } from './attacks/planted-shop.ts';

describe('markup in every field', () => {
  let browser: Browser;
  let shop: ShopServer;
  let page: Page;
  let planted: Planted;
  const asked = new Set<Request>();
  before(async () => {
    const open = { CARDWELL_SAMPLE_DATA: 'off', CARDWELL_ENV: 'development', CARDWELL_LIMITS: 'off' };
    shop = await startShop('sqlite', open);
    browser = await launchBrowser();
    ({ page } = await openPage(browser, { viewport: { width: 1280, height: 900 } }));
    page.setDefaultTimeout(60_000);
    const [name, value] = (await firstOwner(shop)).cookie.split('=') as [string, string];
    await page.context().addCookies([{ name, value, domain: '127.0.0.1', path: '/api/admin' }]);
    page.on('request', (request) => asked.add(request));
    page.on('requestfinished', (request) => asked.delete(request));
    page.on('requestfailed', (request) => asked.delete(request));
    await page.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(window, { seenViolations: seen });
      addEventListener('securitypolicyviolation', (event) =>
        seen.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
      );
      window.alert = () => seen.push('alert');
    });
  });
  after(async () => {
    await browser?.close();
    await shop?.close();
  });

  /** Shown, with nothing left to come. A page follows an order by a stream, which never ends. */
  async function visit(path: string): Promise<void> {
    asked.clear();
    await page.goto(shop.address + path);
    await page.locator('h1').first().waitFor();
    const isDone = () => [...asked].every((one) => one.url().endsWith('/events'));
    await until('all has come', async () => isDone());
  }

  /** What is wrong with the page that is open. */
  const flaws = () =>
    page.evaluate((name) => {
      const w = window as unknown as Record<string, unknown> & { seenViolations: string[] };
      const found = [...w.seenViolations];
      if (w[name] !== undefined) found.push('a script of a stranger ran');
      for (const one of document.querySelectorAll('*')) {
        for (const { name: attribute } of one.attributes)
          if (attribute.startsWith('on')) found.push(`<${one.tagName} ${attribute}>`);
        const link = one.getAttribute('href') ?? one.getAttribute('src') ?? one.getAttribute('action') ?? '';
        if (/^\s*(javascript|data:text|vbscript):?/i.test(link)) found.push(`<${one.tagName}> leads to ${link}`);
      }
      return found;
    }, mark);
  const seen = async () => (await page.locator('body').innerText()).includes('onerror=');

  test('markup is taken as text by every change that takes text', async () => {
    planted = await plantMarkup(shop.address, shop.token);
    const { taken, refused } = planted;
    assert.ok(taken.length >= 20, `taken by ${taken.join(', ')}; refused: ${refused.join(', ')}`);
  });

  test('a page that did run it would be found out', async () => {
    await page.goto(`${shop.address}/`);
    await page.evaluate((text) => document.body.insertAdjacentHTML('beforeend', text), markup[2] as string);
    await page.waitForFunction(() => (window as never as { seenViolations: string[] }).seenViolations.length > 0);
    assert.ok((await flaws()).length >= 2);
  });

  test('no page of the shop takes it for more than text', async () => {
    let shown = 0;
    for (const path of [
      '/',
      `/products/${planted.slug}`,
      '/checkout',
      '/cart',
      '/orders',
      planted.orderLink,
      `/?q=${encodeURIComponent(markup[0] as string)}`,
    ]) {
      await visit(path);
      assert.deepEqual(await flaws(), [], path);
      if (await seen()) shown++;
    }
    assert.ok(shown >= 3, `seen on ${shown} pages`);
  });

  test('no page of the desk does', async () => {
    await page.goto(`${shop.address}/admin/`);
    const nav = page.locator('nav a[href^="/admin"]');
    await nav.first().waitFor();
    const places = [...new Set(await nav.evaluateAll((links) => links.map((one) => one.getAttribute('href') ?? '')))];
    assert.ok(places.length >= 14, places.join(' '));
    let shown = 0;
    for (const place of places) {
      await visit(place);
      assert.deepEqual(await flaws(), [], place);
      if (await seen()) shown++;
      const inside = await page
        .locator(`main a[href^="${place}/"], table a[href^="${place}/"]`)
        .evaluateAll((links) => [...new Set(links.map((one) => one.getAttribute('href') ?? ''))]);
      for (const path of inside.filter((one) => place !== '/admin/' && !one.endsWith('/new')).slice(-2)) {
        await visit(path);
        assert.deepEqual(await flaws(), [], path);
        if (await seen()) shown++;
      }
    }
    assert.ok(shown >= 7, `seen on ${shown} pages`);
  });
});
