/** Notices as an owner sets them up: a robot added, tried, told of a sign-in, a failure seen and sent again. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { en } from '../../web/admin/notices/locales/en.ts';
import { zh } from '../../web/admin/notices/locales/zh.ts';
import { restockTexts } from '../../web/storefront/product/restock-texts.ts';
import { mailText, newMailServer, type TestMailServer } from '../kit/mail-server.ts';
import { type NoticeServices, startNoticeServices } from '../kit/notice-services.ts';
import { until } from '../kit/until.ts';
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
import { reader } from './desk.ts';
import { button, goToPlace, type OwnerWalk, owner } from './owner.ts';
import { startShop } from './shop.ts';

const notices = reader(zh, en);
const walks = [
  { name: 'phone-chinese', device: phone, language: 'zh' },
  { name: 'desktop-english', device: desktop, language: 'en' },
] as const;

describe('notices at the desk', () => {
  let browser: Browser;
  let services: NoticeServices;
  let mails: TestMailServer;
  before(async () => {
    browser = await launchBrowser();
    services = await startNoticeServices();
    mails = await newMailServer();
  });
  after(async () => {
    await browser.close();
    await services.close();
    await mails.close();
  });

  for (const { name, device, language } of walks) {
    test(`${name}: a robot is added and tried; what could not be sent is seen and sent again; a buyer waits`, async () => {
      mails.mails.length = 0;
      const shop = await startShop({ SMTP_URL: mails.url });
      try {
        const { page, complaints } = await openPage(browser, device);
        await page.addInitScript((it) => localStorage.setItem('cardwell.language', JSON.stringify(it)), language);
        const walk: OwnerWalk = { page, language, name, origin: shop.origin };
        services.mood = 'well';
        await becomeOwner(walk, shop.setupLink);
        await addRobot(walk, services);
        await tryIt(walk, services);
        await failAndRetry(walk, services);
        await waitForStock(walk, mails);
        assert.deepEqual(complaintsExcept(complaints, /status of 400/), []);
      } finally {
        await shop.stop();
      }
    });
  }
});

async function look({ page, name }: OwnerWalk, where: string): Promise<void> {
  await assertNoSidewaysScroll(page, where);
  await assertAccessible(page, where);
  await screenshot(page, `notices-${name}-${where}`);
}

const press = (page: Page, text: string): Promise<void> =>
  page.getByRole('button', { name: text, exact: true }).first().click();

async function becomeOwner(walk: OwnerWalk, link: string): Promise<void> {
  const { page } = walk;
  await page.goto(link);
  await page.locator('#login').fill(owner.login);
  await page.locator('#new-password').fill(owner.password);
  await page.locator('#repeated-password').fill(owner.password);
  await button(walk, 'setup.submit').click();
  await page.waitForURL('**/admin/');
}

async function addRobot(walk: OwnerWalk, services: NoticeServices): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.notices');
  await page.getByText(notices(language, 'empty'), { exact: true }).waitFor();
  await look(walk, '1-empty');
  await page.getByRole('link', { name: notices(language, 'create') }).click();
  await page.getByRole('heading', { name: notices(language, 'pick.title') }).waitFor();
  await page.getByRole('link', { name: /^Telegram/ }).waitFor();
  await look(walk, '2-kinds');
  await page.getByRole('link', { name: language === 'zh' ? /^钉钉/ : /^DingTalk/ }).click();
  await page.locator('#setting-address').waitFor();
  await press(page, notices(language, 'save'));
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'setting-address');
  const { address, secret } = services.settingsOf('dingtalk') as { address: string; secret: string };
  await page.locator('#setting-address').fill('ftp://nowhere');
  await press(page, notices(language, 'save'));
  await page.getByRole('alert').filter({ hasText: '/settings/address' }).waitFor();
  await look(walk, '3-refused');
  await page.locator('#setting-address').fill(address);
  await page.locator('#setting-secret').fill(secret);
  await page.locator('#target-name').fill('值班群 on call');
  await page.locator('#quiet-from').fill('23:00');
  await page.locator('#quiet-to').fill('08:00');
  await press(page, notices(language, 'save'));
  await page.getByRole('heading', { level: 1, name: '值班群 on call' }).waitFor();
}

async function tryIt(walk: OwnerWalk, services: NoticeServices): Promise<void> {
  const { page, language } = walk;
  await press(page, notices(language, 'test'));
  await page.getByText('"errcode":0', { exact: false }).waitFor();
  assert.match(services.received.at(-1)?.text ?? '', language === 'zh' ? /测试通知/ : /Test notice/);
  await look(walk, '4-target');
  services.mood = 'says-no';
  await press(page, notices(language, 'test'));
  await page.getByText(notices(language, 'test.bad'), { exact: true }).waitFor();
  await page.getByText('keywords not in content', { exact: false }).waitFor();
  // Nothing of what was typed as a secret comes back.
  assert.equal(await page.locator('#setting-secret').inputValue(), '');
}

async function failAndRetry(walk: OwnerWalk, services: NoticeServices): Promise<void> {
  const { page, language, origin } = walk;
  const body = JSON.stringify({ login: owner.login, password: owner.password });
  const headers = { 'content-type': 'application/json' };
  assert.equal((await fetch(`${origin}/api/admin/v1/login`, { method: 'POST', headers, body })).status, 200);
  await goToPlace(walk, 'place.notices');
  await page.getByRole('link', { name: '值班群 on call' }).waitFor();
  await look(walk, '5-targets');
  await page.getByText(notices(language, 'tab.log'), { exact: true }).click();
  const signedIn = language === 'zh' ? '[P2] 后台登录' : '[P2] Somebody signed in';
  await page.getByText(signedIn, { exact: true }).waitFor();
  const again = page.getByRole('button', { name: notices(language, 'retryNamed', { title: signedIn }) });
  await again.waitFor();
  await page.getByText('keywords not in content', { exact: false }).first().waitFor();
  await look(walk, '6-retrying');
  services.mood = 'well';
  // A try of its own may be under way at this moment; then it is asked once more.
  await until('it has been sent', async () => {
    if (await page.getByText(notices(language, 'status.done'), { exact: true }).count()) return true;
    if (await again.count()) await again.click({ timeout: 500 }).catch(() => undefined);
    return false;
  });
  await look(walk, '7-sent');
  assert.ok(services.received.some(({ text }) => text.includes(owner.login)));
}

/** With the session of the page, as a program of the owner would. */
const callAdmin = (
  page: Page,
  method: string,
  path: string,
  body: unknown,
): Promise<{ [key: string]: { id: number } }> =>
  page.evaluate(
    async ([method, path, body]) => {
      const { csrfToken } = await (await fetch('/api/admin/v1/me')).json();
      const isText = typeof body === 'string';
      const headers = { 'x-csrf-token': csrfToken, 'content-type': isText ? 'text/plain' : 'application/json' };
      const sent = isText ? body : JSON.stringify(body);
      return (await fetch(`/api/admin/v1${path}`, { method, headers, body: sent })).json();
    },
    [method, path, body] as const,
  );

async function waitForStock(walk: OwnerWalk, mails: TestMailServer): Promise<void> {
  const { page, language, origin } = walk;
  const t = restockTexts[language];
  const { product } = await callAdmin(page, 'POST', '/products', { slug: 'rare-card', name: '稀有卡' });
  const fields = { name: '一张', priceMinor: 1000, currency: 'CNY', delivery: 'cards' };
  const { sku } = await callAdmin(page, 'POST', `/products/${product?.id}/skus`, fields);
  await page.goto(`${origin}/products/rare-card`);
  await page.locator('#restock-contact').fill('not an address');
  await press(page, t.ask);
  await page.getByText(t.wrong).waitFor();
  await look(walk, '8-sold-out');
  await page.locator('#restock-contact').fill('lin@example.com');
  await press(page, t.ask);
  await page.getByText(t.done).waitFor();
  await look(walk, '9-waiting');
  await page.goto(`${origin}/admin/notices?tab=waits`);
  await page.getByText('稀有卡 · 一张').waitFor();
  await look(walk, 'a-waits');
  await callAdmin(page, 'POST', `/cards/import?skuId=${sku?.id}`, 'R1----secret');
  await until('the buyer is told', async () => mails.mails.length > 0, 40_000);
  const text = mailText(mails.mails[0]?.raw ?? '');
  assert.ok(text.includes(`${origin}/products/rare-card`), text);
  await page.goto(/(http\S+\/restock\/stop\?token=[\w-]+)/.exec(text)?.[1] ?? assert.fail(text));
  await look(walk, 'b-stop');
  await page.getByRole('button').click();
  await page.getByRole('status').waitFor();
}
