import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { Language } from '../../contract/common.ts';
import { complaintsExcept, desktop, launchBrowser, openPage, phone } from './browser.ts';
import {
  button,
  changePassword,
  type OwnerWalk,
  openDeadLink,
  owner,
  says,
  setUp,
  signIn,
  signOut,
  tryToken,
} from './owner.ts';
import { type RunningShop, startShop } from './shop.ts';

const walks = [
  { name: 'phone', device: phone, language: 'zh', colorScheme: 'light' },
  { name: 'desktop-english-dark', device: desktop, language: 'en', colorScheme: 'dark' },
] as const;

/** The browser reports these replies itself: a refused password, and a stranger who asks who they are. */
const refusals = /status of (401|410)/;

describe("the owner's first steps", () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const { name, device, language, colorScheme } of walks) {
    test(`${name}: the printed link makes an owner, who gets a token, a new password, and in again`, async () => {
      await inShop(async (shop) => {
        const own = await open(shop, { ...device, colorScheme }, language, name);
        await setUp(own.walk, shop.setupLink);
        assert.deepEqual(own.complaints, []);
        const other = await open(shop, { ...device, colorScheme }, language, name);
        await openDeadLink(other.walk, shop.setupLink);
        assert.deepEqual(other.complaints, []);
        await tryToken(own.walk);
        await changePassword(own.walk);
        await signOut(own.walk);
        await signIn(own.walk);
        assert.deepEqual(complaintsExcept(own.complaints, refusals), []);
      });
    });
  }

  test('by keys alone, on a link that another window uses first', async () => {
    await inShop(async (shop) => {
      const [first, second] = [await open(shop, desktop, 'en', 'keys'), await open(shop, desktop, 'en', 'keys')];
      for (const { walk } of [first, second]) {
        await walk.page.goto(shop.setupLink);
        await walk.page.locator('#login:focus').waitFor();
        await walk.page.keyboard.type(owner.login);
        await walk.page.keyboard.press('Tab');
        await walk.page.keyboard.type(owner.password);
        await walk.page.keyboard.press('Tab');
        await walk.page.keyboard.press('Space');
        assert.equal(await walk.page.locator('#new-password').getAttribute('type'), 'text', 'shown by a key');
        await walk.page.keyboard.press('Tab');
        await walk.page.keyboard.type(owner.password);
      }
      await first.walk.page.keyboard.press('Enter');
      await first.walk.page
        .getByRole('heading', { name: says('en', 'home.greeting', { name: owner.login }) })
        .waitFor();
      await second.walk.page.keyboard.press('Enter');
      await second.walk.page.getByRole('heading', { name: says('en', 'setup.usedTitle') }).waitFor();
      assert.deepEqual(first.complaints, []);
      assert.deepEqual(complaintsExcept(second.complaints, refusals), []);
    });
  });

  test('who is not signed in is led to the sign-in, and a cut link says so', async () => {
    await inShop(async (shop) => {
      const { walk, complaints } = await open(shop, phone, 'zh', 'stranger');
      const { page } = walk;
      await page.goto(`${shop.origin}/admin`);
      await page.waitForURL('**/admin/login');
      await button(walk, 'login.submit').waitFor();
      await page.goto(`${shop.origin}/admin/setup`);
      await page.getByRole('heading', { name: says('zh', 'setup.incompleteTitle') }).waitFor();
      await page.goto(`${shop.origin}/admin/no/such/page`);
      await page.getByRole('heading', { name: says('zh', 'shell.nothingHere') }).waitFor();
      await page.goto(shop.setupLink.slice(0, -1));
      await page.getByRole('heading', { name: says('zh', 'setup.usedTitle') }).waitFor();
      // Another link in the same tab changes only what stands behind the #.
      await page.goto(shop.setupLink);
      await page.getByRole('heading', { name: says('zh', 'setup.title') }).waitFor();
      assert.deepEqual(complaintsExcept(complaints, refusals), []);
    });
  });

  async function inShop(visit: (shop: RunningShop) => Promise<void>): Promise<void> {
    const shop = await startShop();
    try {
      await visit(shop);
    } finally {
      await Promise.all(browser.contexts().map((context) => context.close()));
      await shop.stop();
    }
  }

  async function open(shop: RunningShop, options: BrowserContextOptions, language: Language, name: string) {
    const opened = await openPage(browser, { ...options, permissions: ['clipboard-read', 'clipboard-write'] });
    await opened.page.addInitScript(
      (chosen) => localStorage.setItem('cardwell.language', JSON.stringify(chosen)),
      language,
    );
    const walk: OwnerWalk = { page: opened.page, language, name, origin: shop.origin };
    return { ...opened, walk };
  }
});
