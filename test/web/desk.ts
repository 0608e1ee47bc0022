/** A day at the owner's desk, written once and walked on every screen and in every language. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Language } from '../../contract/common.ts';
import { en as deedsEn } from '../../web/admin/audit/actions/en.ts';
import { zh as deedsZh } from '../../web/admin/audit/actions/zh.ts';
import { en as cardsEn } from '../../web/admin/cards/locales/en.ts';
import { zh as cardsZh } from '../../web/admin/cards/locales/zh.ts';
import { en as channelsEn } from '../../web/admin/channels/locales/en.ts';
import { zh as channelsZh } from '../../web/admin/channels/locales/zh.ts';
import { en as couponsEn } from '../../web/admin/coupons/locales/en.ts';
import { zh as couponsZh } from '../../web/admin/coupons/locales/zh.ts';
import { en as ordersEn } from '../../web/admin/orders/locales/en.ts';
import { zh as ordersZh } from '../../web/admin/orders/locales/zh.ts';
import { en as productsEn } from '../../web/admin/products/locales/en.ts';
import { zh as productsZh } from '../../web/admin/products/locales/zh.ts';
import { en as reviewEn } from '../../web/admin/review/locales/en.ts';
import { zh as reviewZh } from '../../web/admin/review/locales/zh.ts';
import { en as settingsEn } from '../../web/admin/settings/locales/en.ts';
import { zh as settingsZh } from '../../web/admin/settings/locales/zh.ts';
import { fillText } from '../../web/ui/texts.ts';
import { assertAccessible, assertNoSidewaysScroll, screenshot } from './browser.ts';
import { button, goToPlace, type OwnerWalk, says } from './owner.ts';

type Values = Record<string, string | number>;
export const reader =
  <T extends Record<string, string>>(zh: T, en: Record<keyof T, string>) =>
  (language: Language, key: keyof T & string, values: Values = {}): string =>
    fillText((language === 'zh' ? zh : en)[key], values, language);
/** What people did, as the audit log and timelines say it. */
export const deeds = reader(deedsZh, deedsEn);
export const orders = reader(ordersZh, ordersEn);
export const products = reader(productsZh, productsEn);
export const cards = reader(cardsZh, cardsEn);
export const channels = reader(channelsZh, channelsEn);
export const review = reader(reviewZh, reviewEn);
export const coupons = reader(couponsZh, couponsEn);
export const settings = reader(settingsZh, settingsEn);

const press = ({ page }: OwnerWalk, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).first().click();
const fill = ({ page }: OwnerWalk, label: string, text: string): Promise<void> =>
  page.getByLabel(label, { exact: false }).first().fill(text);
const dialog = ({ page }: OwnerWalk): Locator => page.getByRole('dialog');

/** The timeline of the order on the page. */
export const happened = ({ page, language }: OwnerWalk): Locator =>
  page.getByRole('region', { name: orders(language, 'timeline.title') });

async function look(walk: OwnerWalk, where: string): Promise<void> {
  await assertNoSidewaysScroll(walk.page, where);
  await assertAccessible(walk.page, where);
  await screenshot(walk.page, `desk-${walk.name}-${where}`);
}

const say = (walk: OwnerWalk, key: Parameters<typeof products>[1], values?: Values) =>
  products(walk.language, key, values);

/** A category, a product in it, and a variant with a wholesale price. */
export async function makeProduct(walk: OwnerWalk): Promise<void> {
  const { page } = walk;
  await goToPlace(walk, 'place.categories');
  await press(walk, say(walk, 'categories.create'));
  await dialog(walk).getByLabel(say(walk, 'categories.name')).first().fill('点卡');
  await press(walk, says(walk.language, 'form.save'));
  await page.getByText('点卡', { exact: true }).waitFor();
  await look(walk, '1-categories');
  await goToPlace(walk, 'place.products');
  await look(walk, '2-products');
  await page
    .getByRole('link', { name: say(walk, 'create') })
    .first()
    .click();
  await press(walk, say(walk, 'form.create'));
  await page.getByText(say(walk, 'form.needName')).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'product-name');
  await page.locator('#product-name').fill('蓝灯点卡');
  await page.getByLabel(say(walk, 'form.category')).selectOption({ label: '点卡' });
  await press(walk, say(walk, 'form.create'));
  await page.getByText(say(walk, 'sku.none')).waitFor();
  await press(walk, say(walk, 'sku.create'));
  await press(walk, say(walk, 'sku.save'));
  await dialog(walk).getByText(say(walk, 'sku.priceWrong')).waitFor();
  await dialog(walk).getByLabel(say(walk, 'sku.name')).first().fill('100 点');
  await dialog(walk).getByLabel(say(walk, 'sku.price')).first().fill('9.90');
  await press(walk, say(walk, 'step.add'));
  await dialog(walk).getByLabel(say(walk, 'step.from')).fill('10');
  await dialog(walk).getByLabel(say(walk, 'step.price'), { exact: true }).fill('9.00');
  await look(walk, '3-variant');
  await press(walk, say(walk, 'sku.save'));
  await page.getByRole('button', { name: say(walk, 'sku.editNamed', { name: '100 点' }) }).waitFor();
  await look(walk, '4-product');
}

/** Somebody else saves first: nothing is overwritten, and what is new can be loaded. */
export async function editBeside(walk: OwnerWalk, editElsewhere: () => Promise<void>): Promise<void> {
  const { page, language } = walk;
  await editElsewhere();
  await fill(walk, say(walk, 'form.summary'), '付款即发');
  await press(walk, says(language, 'form.save'));
  await page.getByRole('alert').getByText(says(language, 'problem.edit_conflict')).waitFor();
  await press(walk, says(language, 'form.loadTheirs'));
  await page.getByRole('heading', { name: '蓝灯点卡 · 改' }).waitFor();
  await fill(walk, say(walk, 'form.summary'), '付款即发');
  await press(walk, says(language, 'form.save'));
  await page.getByRole('alert').waitFor({ state: 'detached' });
}

/** Pasted cards with a duplicate and a line that cannot be one. */
export async function importCards(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.cards');
  await page
    .getByRole('combobox', { name: cards(language, 'pick.label') })
    .selectOption({ label: '蓝灯点卡 · 改 · 100 点' });
  await page.getByText(cards(language, 'none.cards')).waitFor();
  await press(walk, cards(language, 'import'));
  await press(walk, cards(language, 'import.start'));
  await page.getByText(cards(language, 'import.empty')).waitFor();
  await dialog(walk).getByRole('textbox').first().fill('N-1----S-1\nN-2----S-2\n\nN-1----S-1\n----S-4\nN-3----S-3\n');
  await page.getByText(cards(language, 'import.lines', { count: 6 })).waitFor();
  await page.getByText('S-2', { exact: true }).waitFor();
  await look(walk, '5-import');
  await press(walk, cards(language, 'import.start'));
  await page.getByText(cards(language, 'import.imported', { count: 3 })).waitFor();
  await page.getByText(cards(language, 'import.duplicates', { count: 1, lines: '4' })).waitFor();
  const reason = cards(language, 'reason.empty-number');
  await page.getByText(cards(language, 'import.rejectedLine', { line: 5, reason })).waitFor();
  await look(walk, '6-imported');
  await press(walk, cards(language, 'import.close'));
  const boxes = page.getByRole('checkbox');
  await boxes.nth(2).waitFor();
  await boxes.first().check();
  await press(walk, cards(language, 'move.withdraw'));
  await dialog(walk)
    .getByRole('button', { name: cards(language, 'move.withdraw') })
    .click();
  await page.getByText(says(language, 'ask.needReason')).waitFor();
  await dialog(walk).getByRole('textbox').fill('供应商召回');
  await look(walk, '7-withdraw');
  await dialog(walk)
    .getByRole('button', { name: cards(language, 'move.withdraw') })
    .click();
  await page.getByText(cards(language, 'count.withdrawn'), { exact: true }).first().waitFor();
  await press(walk, cards(language, 'find'));
  await dialog(walk).getByRole('textbox').fill('N-2');
  await press(walk, cards(language, 'find.submit'));
  await dialog(walk).getByRole('status').waitFor();
  await page.keyboard.press('Escape');
}

/** A paid order is found by its contact, read, and its money given back. */
export async function refundOrder(walk: OwnerWalk, order: { id: string; contact: string }): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.orders');
  await page.getByRole('link', { name: order.id }).waitFor();
  await look(walk, '8-orders');
  await page.getByLabel(orders(language, 'search')).fill('nobody@example.com');
  await page.keyboard.press('Enter');
  await page.getByText(orders(language, 'none'), { exact: true }).waitFor();
  await page.getByLabel(orders(language, 'search')).fill(order.contact.slice(0, 6));
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: order.id }).click();
  await page.getByRole('heading', { name: orders(language, 'detail.title', { id: order.id }) }).waitFor();
  await page.getByText(orders(language, 'payment.succeeded'), { exact: true }).waitFor();
  await look(walk, '9-order');
  await press(walk, orders(language, 'do.refund'));
  await dialog(walk).getByLabel(orders(language, 'refund.amount')).fill('9999');
  await page.getByText(orders(language, 'refund.amountWrong')).waitFor();
  await dialog(walk).getByLabel(orders(language, 'refund.amount')).fill('9.90');
  await dialog(walk).getByLabel(says(language, 'ask.reason')).fill('买家要求');
  await look(walk, 'a-refund');
  await press(walk, orders(language, 'do.refundSure'));
  await dialog(walk).waitFor({ state: 'hidden' });
  await page.getByText(orders(language, 'refund.succeeded'), { exact: true }).waitFor();
  await happened(walk).getByText(deeds(language, 'order.refund')).first().waitFor();
}

export async function makeCoupon(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.coupons');
  await press(walk, coupons(language, 'create'));
  await press(walk, coupons(language, 'field.generate'));
  await dialog(walk).getByLabel(coupons(language, 'field.amount')).fill('2');
  await look(walk, 'b-coupon');
  await button(walk, 'form.save').click();
  await dialog(walk).waitFor({ state: 'hidden' });
  await page.getByText(coupons(language, 'status.active'), { exact: true }).waitFor();
}

/** The shop gets its name; the samples go; the log knows. */
export async function openForReal(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.settings');
  await page.locator('#shop-name').fill('蓝灯小铺');
  await button(walk, 'form.save').click();
  await page.getByText(says(language, 'form.saved')).waitFor();
  await look(walk, 'c-settings');
  await press(walk, settings(language, 'samplesRemove'));
  await press(walk, settings(language, 'samplesSure'));
  await dialog(walk).waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: settings(language, 'samplesRemove') }).waitFor({ state: 'hidden' });
  await goToPlace(walk, 'place.audit');
  await page.locator('code', { hasText: 'settings.update' }).first().waitFor();
  await look(walk, 'd-audit');
}

/** Too little was paid: the case is found, and the money given back. */
export async function settleCase(walk: OwnerWalk, order: { id: string }): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.review');
  await page.getByRole('heading', { name: review(language, 'kind.amount_mismatch') }).waitFor();
  await page.getByRole('link', { name: order.id }).waitFor();
  await look(walk, 'e-case');
  await press(walk, review(language, 'do.refund'));
  await dialog(walk).getByRole('textbox').fill('金额不符');
  await dialog(walk)
    .getByRole('button', { name: review(language, 'do.refund') })
    .click();
  await page.getByText(review(language, 'empty')).waitFor();
  await page.getByLabel(review(language, 'filter.status')).selectOption('resolved');
  await page.getByText('金额不符').waitFor();
}

/** A channel is set up from its own form, found not to answer, paused and resumed. */
export async function setUpChannel(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.channels');
  await look(walk, 'f-channels');
  await page.getByRole('link', { name: channels(language, 'create') }).click();
  await page.getByRole('heading', { name: channels(language, 'pick.title') }).waitFor();
  await look(walk, 'g-kinds');
  await page.locator('a[href*="kind=epay"]').first().click();
  await press(walk, channels(language, 'save'));
  await page.getByText(channels(language, 'needed')).first().waitFor();
  await page.locator('#setting-gateway').fill('http://127.0.0.1:9');
  await page.locator('#setting-pid').fill('1001');
  await page.locator('#setting-key').fill('k'.repeat(32));
  await look(walk, 'h-channel-form');
  await press(walk, channels(language, 'save'));
  await page.getByText(channels(language, 'secret.kept')).waitFor();
  assert.equal(await page.locator('#setting-key').inputValue(), '', 'a secret never comes back');
  await press(walk, channels(language, 'test'));
  await page.getByText(channels(language, 'test.bad', { reason: '' }).trim()).waitFor();
  await press(walk, channels(language, 'block'));
  await dialog(walk).getByRole('textbox').fill('渠道维护');
  await dialog(walk)
    .getByRole('button', { name: channels(language, 'block') })
    .click();
  await page.getByText(channels(language, 'state.blocked'), { exact: true }).waitFor();
  await look(walk, 'i-channel');
  await press(walk, channels(language, 'unblock'));
  await dialog(walk).getByRole('textbox').fill('恢复');
  await dialog(walk)
    .getByRole('button', { name: channels(language, 'unblock') })
    .click();
  await page.getByText(channels(language, 'state.works'), { exact: true }).waitFor();
}
