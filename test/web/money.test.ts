/** Money at the desk as an owner sees to it: a payment nobody told of, a bill that differs, a refund that was refused. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { PlaceOrderReply, ProductList } from '../../contract/shop.ts';
import type { GatewayTrade } from '../../gateways/books.ts';
import { dayOf as billDate } from '../../gateways/books.ts';
import { follow } from '../../gateways/payer.ts';
import { gateways } from '../../gateways/registry.ts';
import { type RunningGateway, serveGateway } from '../../gateways/serve-gateway.ts';
import { en as homeEn } from '../../web/admin/home/locales/en.ts';
import { zh as homeZh } from '../../web/admin/home/locales/zh.ts';
import { en as moneyEn } from '../../web/admin/money/locales/en.ts';
import { zh as moneyZh } from '../../web/admin/money/locales/zh.ts';
import {
  assertAccessible,
  assertNoSidewaysScroll,
  desktop,
  launchBrowser,
  openPage,
  phone,
  screenshot,
} from './browser.ts';
import { reader, review } from './desk.ts';
import { button, goToPlace, type OwnerWalk, owner } from './owner.ts';
import { type RunningShop, startShop } from './shop.ts';

const money = reader(moneyZh, moneyEn);
const home = reader(homeZh, homeEn);
const walks = [
  { name: 'phone-zh', device: phone, language: 'zh', colorScheme: 'dark' },
  { name: 'desktop-en', device: desktop, language: 'en', colorScheme: 'light' },
] as const;
const chinaMinutes = 480;

describe('money at the desk', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const { name, device, language, colorScheme } of walks) {
    test(`${name}: payments, a bill, refunds`, async () => {
      const definition = gateways.find(({ kind }) => kind === 'unionpay') ?? assert.fail();
      const [shop, gateway] = await Promise.all([startShop(), serveGateway(definition, { speedUp: 100_000 })]);
      try {
        const { page, complaints } = await openPage(browser, { ...device, colorScheme });
        await page.addInitScript((it) => localStorage.setItem('cardwell.language', JSON.stringify(it)), language);
        const walk: OwnerWalk = { page, language, name, origin: shop.origin };
        await becomeOwner(walk, shop.setupLink);
        await addChannel(walk, gateway);
        const unheard = await buy(shop, gateway);
        await askAbout(walk, unheard);
        await readBill(walk, gateway, unheard);
        await settleRefund(walk, gateway, unheard);
        await readNet(walk);
        assert.deepEqual(complaints, []);
      } finally {
        await gateway.close();
        await shop.stop();
      }
    });
  }
});

interface Sale {
  orderId: string;
  paymentId: string;
}

async function look({ page, name }: OwnerWalk, where: string): Promise<void> {
  await assertNoSidewaysScroll(page, where);
  await assertAccessible(page, where);
  await screenshot(page, `money-${name}-${where}`);
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

/** As the page itself would call. */
async function post({ page }: OwnerWalk, path: string, body: object): Promise<unknown> {
  const { ok, text } = await page.evaluate(
    async ([to, sent]) => {
      const me = await (await fetch('/api/admin/v1/me')).json();
      const headers = { 'content-type': 'application/json', 'x-csrf-token': me.csrfToken };
      const reply = await fetch(`/api/admin/v1${to}`, { method: 'POST', headers, body: JSON.stringify(sent) });
      return { ok: reply.ok, text: await reply.text() };
    },
    [path, body] as const,
  );
  assert.ok(ok, text);
  return JSON.parse(text);
}

async function addChannel(walk: OwnerWalk, gateway: RunningGateway): Promise<void> {
  gateway.webhookUrl = `${walk.origin}/api/v1/callbacks/union`;
  await post(walk, '/channels', {
    code: 'union',
    kind: 'unionpay',
    nameZh: '云闪付',
    nameEn: 'QuickPass',
    feeBasisPoints: 60,
    settings: gateway.wire.settings,
  });
}

/** Paid, and the callback is lost. */
async function buy({ origin }: RunningShop, gateway: RunningGateway): Promise<Sale> {
  const product = (await (await fetch(`${origin}/api/v1/products/sample-skylark-gift-card`)).json()) as {
    product: ProductList['products'][number];
  };
  const skuId = product.product.skus[0]?.id;
  const body = { lines: [{ skuId, quantity: 1 }], contact: 'payer@example.com', channel: 'union' };
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(`${origin}/api/v1/orders`, { method: 'POST', headers, body: JSON.stringify(body) });
  const placed = (await reply.json()) as PlaceOrderReply;
  assert.equal(reply.status, 201, JSON.stringify(placed));
  assert.ok(placed.payment);
  await follow(placed.payment.action);
  gateway.mischief.next('lost');
  await gateway.pay(placed.payment.outTradeNo);
  return { orderId: placed.order.id, paymentId: placed.payment.outTradeNo };
}

async function askAbout(walk: OwnerWalk, { paymentId }: Sale): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.payments');
  await page.getByRole('link', { name: paymentId }).waitFor();
  await page.getByLabel(money(language, 'filter.min')).fill('99999');
  await page.keyboard.press('Enter');
  await page.getByText(money(language, 'payments.none')).waitFor();
  await page.getByLabel(money(language, 'filter.min')).fill('');
  await page.keyboard.press('Enter');
  await page.getByLabel(money(language, 'filter.channel'), { exact: true }).selectOption('union');
  await page.getByLabel(money(language, 'filter.status'), { exact: true }).selectOption('pending');
  await page.getByRole('link', { name: paymentId }).click();
  await page.getByText(money(language, 'evidence.none')).waitFor();
  await page.getByRole('button', { name: money(language, 'ask') }).click();
  await page.getByText(money(language, 'ask.paid')).waitFor();
  await page.getByText(money(language, 'source.query'), { exact: true }).waitFor();
  await page.getByRole('button', { name: money(language, 'messages.show') }).click();
  await page.locator('pre').filter({ hasText: paymentId }).waitFor();
  await look(walk, '1-payment');
  await goToPlace(walk, 'place.payments');
  await page.getByRole('table', { name: money(language, 'revenue.title') }).waitFor();
  await look(walk, '2-payments');
}

async function readBill(walk: OwnerWalk, gateway: RunningGateway, { paymentId }: Sale): Promise<void> {
  const { page, language } = walk;
  const trade = gateway.books.find(paymentId) as GatewayTrade;
  trade.paidMinor -= 1;
  trade.amountMinor -= 1;
  const date = billDate(Date.now(), chinaMinutes);
  await goToPlace(walk, 'place.reconciliations');
  await page.getByText(money(language, 'bills.empty')).waitFor();
  await page.getByRole('button', { name: money(language, 'bills.run') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(money(language, 'bills.day'), { exact: true }).fill(date);
  await look(walk, '3-compare');
  await dialog.getByRole('button', { name: money(language, 'bills.runSure') }).click();
  await page.getByText(money(language, 'difference.amount')).first().waitFor();
  await look(walk, '4-bill');
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: money(language, 'bill.csv') }).click();
  const file = await saving;
  assert.equal(file.suggestedFilename(), `bill-union-${date}.csv`);
  assert.ok((await readFile(await file.path(), 'utf8')).includes(paymentId));
  await page.getByRole('link', { name: money(language, 'difference.open') }).click();
  await page.getByRole('heading', { name: review(language, 'kind.bill_amount') }).waitFor();
  await goToPlace(walk, 'place.reconciliations');
  await page.getByRole('link', { name: date }).waitFor();
  await look(walk, '5-bills');
}

/** The channel refuses; the owner has paid the buyer by other means, and says so. */
async function settleRefund(walk: OwnerWalk, gateway: RunningGateway, { orderId, paymentId }: Sale): Promise<void> {
  const { page, language } = walk;
  (gateway.books.find(paymentId) as GatewayTrade).paidMinor = 1;
  await post(walk, `/orders/${orderId}/refunds`, { reason: '买家要求' });
  await goToPlace(walk, 'place.refunds');
  await page.getByText(money(language, 'refund.todo.refund_rejected')).waitFor();
  await look(walk, '6-refused');
  await page.getByRole('button', { name: money(language, 'refund.confirm') }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('已转账给买家');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: review(language, 'do.confirm') })
    .click();
  await page.getByRole('cell').getByText(money(language, 'refund.succeeded'), { exact: true }).waitFor();
  await look(walk, '7-refunds');
}

async function readNet(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.home');
  await page
    .getByText(home(language, 'channels.net', { net: '' }).trim())
    .first()
    .waitFor();
  await look(walk, '8-home');
}
