/** A day with bad cards: two people at the desk in two windows, a bad card replaced, cards shown and taken out, the bin emptied. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator } from 'playwright-core';
import { en as auditEn } from '../../web/admin/audit/locales/en.ts';
import { zh as auditZh } from '../../web/admin/audit/locales/zh.ts';
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
import { cards, coupons, deeds, happened, orders, reader } from './desk.ts';
import { button, goToPlace, type OwnerWalk, owner, says } from './owner.ts';
import { type RunningShop, startShop } from './shop.ts';

const audit = reader(auditZh, auditEn);
const walks = [
  { name: 'phone-chinese', device: phone, language: 'zh', colorScheme: 'light' },
  { name: 'desktop-english', device: desktop, language: 'en', colorScheme: 'dark' },
] as const;
const contact = 'daring@example.com';

describe('cards and orders at the desk', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const { name, device, language, colorScheme } of walks) {
    test(`${name}: a bad card is replaced, cards are shown, taken out and deleted, and the second of two is told`, async () => {
      const shop = await startShop();
      try {
        const { page, complaints } = await openPage(browser, { ...device, colorScheme });
        await page.addInitScript((it) => localStorage.setItem('cardwell.language', JSON.stringify(it)), language);
        const walk: OwnerWalk = { page, language, name, origin: shop.origin };
        await becomeOwner(walk, shop.setupLink);
        const goods = await stock(walk);
        const order = await buy(shop, goods.skuId);
        await replaceBadCard(walk, order);
        await showCards(walk);
        await raceInTwoWindows(walk, order);
        await takeOut(walk, goods.skuId);
        await emptyBin(walk);
        await makeCodes(walk);
        await readLog(walk);
        assert.deepEqual(complaintsExcept(complaints, /status of (401|403|409|422)/), []);
      } finally {
        await shop.stop();
      }
    });
  }
});

const dialog = ({ page }: OwnerWalk): Locator => page.getByRole('dialog');
const press = ({ page }: OwnerWalk, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).first().click();
const sure = (walk: OwnerWalk, name: string): Promise<void> =>
  dialog(walk).getByRole('button', { name, exact: true }).click();
const reason = (walk: OwnerWalk, text: string): Promise<void> =>
  dialog(walk).getByLabel(says(walk.language, 'ask.reason')).fill(text);

async function look({ page, name }: OwnerWalk, where: string): Promise<void> {
  await assertNoSidewaysScroll(page, where);
  await assertAccessible(page, where);
  await screenshot(page, `desk-cards-${name}-${where}`);
}

async function becomeOwner(walk: OwnerWalk, link: string): Promise<void> {
  const { page } = walk;
  await page.goto(link);
  await page.locator('#login').fill(owner.login);
  await page.locator('#new-password').fill(owner.password);
  await page.locator('#repeated-password').fill(owner.password);
  await button(walk, 'setup.submit').click();
  await page.waitForURL((url) => !url.pathname.includes('setup'));
  await goToPlace(walk, 'place.orders');
}

/** A product with ten cards, made by the same person's calls: pages for that have walks of their own. */
async function stock({ page }: OwnerWalk): Promise<{ skuId: number }> {
  return page.evaluate(async () => {
    const me = await (await fetch('/api/admin/v1/me')).json();
    const send = async (path: string, body: unknown, type = 'application/json') => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const headers = { 'content-type': type, 'x-csrf-token': me.csrfToken };
      return (await fetch(`/api/admin/v1${path}`, { method: 'POST', headers, body: text })).json();
    };
    const { product } = await send('/products', { name: '蓝灯点卡' });
    const sku = { name: '100', priceMinor: 990, currency: 'CNY', delivery: 'cards' };
    const made = await send(`/products/${product.id}/skus`, sku);
    const lines = Array.from({ length: 10 }, (_, i) => `WALK-${i}----SECRET-${i}`).join('\n');
    await send(`/cards/import?skuId=${made.sku.id}`, lines, 'text/plain');
    return { skuId: made.sku.id as number };
  });
}

async function buy({ origin }: RunningShop, skuId: number): Promise<{ id: string }> {
  const placed = await fetch(`${origin}/api/v1/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lines: [{ skuId, quantity: 1 }], contact, channel: 'sandbox' }),
  });
  const { order, payment } = (await placed.json()) as { order: { id: string }; payment: { action: { url: string } } };
  const paid = await fetch(payment.action.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'choice=pay',
  });
  assert.ok(paid.ok);
  return order;
}

async function replaceBadCard(walk: OwnerWalk, order: { id: string }): Promise<void> {
  const { page, language } = walk;
  await page.goto(`${walk.origin}/admin/orders/${order.id}`);
  await page.getByRole('heading', { name: orders(language, 'cards.title') }).waitFor();
  await look(walk, '1-order');
  const cardId = await page.evaluate(async (id) => {
    const { cards: given } = await (await fetch(`/api/admin/v1/orders/${id}`)).json();
    return given[0].cardId as number;
  }, order.id);
  await press(walk, orders(language, 'replace.title', { id: cardId }));
  await reason(walk, '买家说无法激活');
  await look(walk, '2-replace');
  await sure(walk, orders(language, 'replace.sure'));
  await dialog(walk).waitFor({ state: 'hidden' });
  await page.getByText(orders(language, 'card.replaced'), { exact: true }).waitFor();
  await happened(walk).getByText(deeds(language, 'order.replace-cards')).first().waitFor();
  await look(walk, '3-replaced');
}

async function showCards(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await press(walk, orders(language, 'cards.show'));
  await reason(walk, '核对卡密');
  await dialog(walk).getByLabel(says(language, 'prove.label')).first().fill('not the password');
  await sure(walk, orders(language, 'cards.showSure'));
  await page.getByRole('alert').getByText(says(language, 'problem.wrong_credentials')).waitFor();
  await dialog(walk).getByLabel(says(language, 'prove.label')).first().fill(owner.password);
  await sure(walk, orders(language, 'cards.showSure'));
  await page.getByText('SECRET-0', { exact: true }).waitFor();
  await page.getByText('SECRET-1', { exact: true }).waitFor();
  await look(walk, '4-shown');
  await page.keyboard.press('Escape');
  await page.getByText('SECRET-0', { exact: true }).waitFor({ state: 'detached' });
}

/** The same refund asked for in two windows: the second is told who was faster, and nothing goes back twice. */
async function raceInTwoWindows(walk: OwnerWalk, order: { id: string }): Promise<void> {
  const { page, language } = walk;
  const other = await page.context().newPage();
  await other.goto(`${walk.origin}/admin/orders/${order.id}`);
  const windows = [walk, { ...walk, page: other }];
  for (const one of windows) {
    await press(one, orders(language, 'do.refund'));
    await dialog(one).getByLabel(orders(language, 'refund.amount')).fill('1.00');
    await reason(one, '部分退款');
  }
  const [first, second] = windows as [OwnerWalk, OwnerWalk];
  await sure(first, orders(language, 'do.refundSure'));
  await dialog(first).waitFor({ state: 'hidden' });
  await sure(second, orders(language, 'do.refundSure'));
  await other.getByRole('alert').getByText(says(language, 'problem.edit_conflict')).waitFor();
  await other.getByRole('alert').getByText('order.refund by owner:').waitFor();
  await look(second, '5-second-window');
  await other.close();
  assert.equal(await page.getByText(orders(language, 'refund.by', { who: `owner:${owner.login}` })).count(), 1);
}

async function takeOut(walk: OwnerWalk, skuId: number): Promise<void> {
  const { page, language } = walk;
  await page.goto(`${walk.origin}/admin/cards?sku=${skuId}`);
  await press(walk, cards(language, 'export.title'));
  await dialog(walk).getByLabel(cards(language, 'export.format')).selectOption('lines');
  await dialog(walk).getByLabel(cards(language, 'export.withdraw')).check();
  await reason(walk, '线下活动');
  await dialog(walk).getByLabel(says(language, 'prove.label')).first().fill(owner.password);
  await look(walk, '6-export');
  const [file] = await Promise.all([page.waitForEvent('download'), sure(walk, cards(language, 'export.sure'))]);
  const text = readFileSync(await file.path(), 'utf8');
  assert.match(text, /^WALK-2----SECRET-2\n/);
  assert.equal(text.trim().split('\n').length, 8);
  await dialog(walk).waitFor({ state: 'hidden' });
}

async function emptyBin(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await page.getByText(cards(language, 'tab.off'), { exact: true }).click();
  await page.getByText(cards(language, 'off.exported')).first().waitFor();
  await look(walk, '7-bin');
  const boxes = page.getByRole('checkbox');
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await press(walk, cards(language, 'move.restore'));
  await reason(walk, '放回去');
  await sure(walk, cards(language, 'move.restore'));
  await page.getByText(cards(language, 'why.was-exported'), { exact: false }).first().waitFor();
  await press(walk, cards(language, 'purge.title'));
  await reason(walk, '用不到了');
  const confirm = dialog(walk).getByRole('button', { name: cards(language, 'purge.sure'), exact: true });
  assert.equal(await confirm.isDisabled(), true, 'nothing is deleted before the number is typed');
  await dialog(walk)
    .getByLabel(cards(language, 'purge.type', { count: 2 }))
    .fill('2');
  await look(walk, '8-purge');
  await confirm.click();
  await dialog(walk).waitFor({ state: 'hidden' });
  await page.getByRole('checkbox').nth(6).waitFor();
  assert.equal(await page.getByRole('checkbox').count(), 7, 'six that were taken out, and the bad one');
}

async function makeCodes(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.coupons');
  await press(walk, coupons(language, 'generate.title'));
  await dialog(walk).getByLabel(coupons(language, 'generate.name')).first().fill('春节活动');
  await dialog(walk).getByLabel(coupons(language, 'generate.prefix')).first().fill('NEW-');
  await dialog(walk).getByLabel(coupons(language, 'generate.count')).first().fill('30');
  await dialog(walk).getByLabel(coupons(language, 'field.amount')).fill('2');
  await look(walk, '9-codes');
  const [file] = await Promise.all([page.waitForEvent('download'), button(walk, 'form.save').click()]);
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n');
  assert.equal(lines.length, 31);
  assert.match(lines[1] ?? '', /^NEW-[2-9A-HJ-NP-Z]{10}$/);
  await dialog(walk).waitFor({ state: 'hidden' });
  await press(walk, coupons(language, 'sets.showNamed', { name: '春节活动' }));
  await page.getByText(coupons(language, 'sets.all', { name: '春节活动' })).waitFor();
  await look(walk, 'a-sets');
  await press(walk, coupons(language, 'sets.offNamed', { name: '春节活动' }));
  await reason(walk, '活动提前结束');
  await sure(walk, coupons(language, 'sets.off'));
  await dialog(walk).waitFor({ state: 'hidden' });
  await page.getByText(coupons(language, 'status.off'), { exact: true }).first().waitFor();
}

async function readLog(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.audit');
  await page.getByText('card.purge', { exact: true }).first().waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: audit(language, 'export') }).click(),
  ]);
  assert.match(readFileSync(await file.path(), 'utf8'), /card\.export-end/);
}
