/** The way of an owner through the administration pages, written once and walked on every screen and in every language. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { Language } from '../../contract/common.ts';
import { en } from '../../web/admin/locales/en.ts';
import { zh } from '../../web/admin/locales/zh.ts';
import { en as uiEn } from '../../web/ui/locales/en.ts';
import { zh as uiZh } from '../../web/ui/locales/zh.ts';
import { fillText } from '../../web/ui/texts.ts';
import { assertAccessible, assertNoSidewaysScroll, screenshot } from './browser.ts';

type Key = keyof typeof zh | keyof typeof uiZh;

export interface OwnerWalk {
  page: Page;
  language: Language;
  /** Names the screenshots. */
  name: string;
  origin: string;
}

const texts: Record<Language, Record<string, string>> = { zh: { ...zh, ...uiZh }, en: { ...en, ...uiEn } };

export const says = (language: Language, key: Key, values: Record<string, string | number> = {}): string =>
  fillText(texts[language][key] ?? key, values, language);

export const button = ({ page, language }: OwnerWalk, key: Key): Locator =>
  page.getByRole('button', { name: says(language, key), exact: true });
const heading = ({ page, language }: OwnerWalk, key: Key, values = {}): Locator =>
  page.getByRole('heading', { name: says(language, key, values), exact: true });

async function look({ page, name }: OwnerWalk, where: string): Promise<void> {
  await assertNoSidewaysScroll(page, where);
  await assertAccessible(page, where);
  await screenshot(page, `owner-${name}-${where}`);
}

const field = (page: Page, id: string): Locator => page.locator(`#${id}`);
const rule = (page: Page, nth: number): Locator => page.locator('#password-rules li').nth(nth);

export const owner = { login: 'lin-shop', password: 'blue-lantern-42', next: 'a quiet river at dawn' };

/** Opens the link, meets every refusal once, and becomes the owner. */
export async function setUp(walk: OwnerWalk, link: string): Promise<void> {
  const { page, language } = walk;
  await page.goto(link);
  await heading(walk, 'setup.title').waitFor();
  assert.equal(await page.title(), `${says(language, 'setup.title')} · ${await shopName(walk)}`);
  await field(page, 'login').waitFor();
  await look(walk, '1-setup');
  await button(walk, 'setup.submit').click();
  await page.getByText(says(language, 'access.loginLength', { count: 3 })).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'login');
  await field(page, 'login').fill(owner.login);
  await field(page, 'new-password').fill('lin-shop-1');
  assert.deepEqual(await ruleStates(page), ['met', 'met', 'broken']);
  await field(page, 'new-password').fill('short');
  assert.deepEqual(await ruleStates(page), ['broken', 'met', 'met']);
  await field(page, 'repeated-password').fill('other');
  await page.getByText(says(language, 'access.differs')).waitFor();
  await look(walk, '2-refused');
  await page
    .getByRole('button', { name: says(language, 'access.showPassword') })
    .first()
    .click();
  assert.equal(await field(page, 'repeated-password').getAttribute('type'), 'text');
  await page
    .getByRole('button', { name: says(language, 'access.showPassword') })
    .first()
    .click();
  await field(page, 'new-password').fill(owner.password);
  await field(page, 'repeated-password').fill(owner.password);
  await rule(page, 2).and(page.locator('[data-state=met]')).waitFor();
  assert.deepEqual(await ruleStates(page), ['met', 'met', 'met']);
  await look(walk, '3-ready');
  await button(walk, 'setup.submit').click();
  await heading(walk, 'home.greeting', { name: owner.login }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/admin/');
  assert.equal(new URL(page.url()).hash, '', 'the link has left the address bar');
  await look(walk, '4-home');
}

/** By the menu: beside the page on a desk, behind a button on a phone. */
export async function goToPlace(walk: OwnerWalk, place: Key): Promise<void> {
  const menu = button(walk, 'shell.openPlaces');
  if (await menu.isVisible()) await menu.click();
  const link = walk.page.getByRole('link', { name: says(walk.language, place), exact: true });
  const to = await link.getAttribute('href');
  await link.click();
  await walk.page.waitForURL(`**${to}*`);
  await walk.page.getByRole('heading', { level: 1 }).waitFor();
}

const ruleStates = (page: Page): Promise<(string | null)[]> =>
  page.locator('#password-rules li').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-state')));

async function shopName({ origin }: OwnerWalk): Promise<string> {
  return ((await (await fetch(`${origin}/api/v1/shop`)).json()) as { name: string }).name;
}

export async function openDeadLink(walk: OwnerWalk, link: string): Promise<void> {
  await walk.page.goto(link);
  await heading(walk, 'setup.usedTitle').waitFor();
  await look(walk, '5-used-link');
  await walk.page.getByRole('link', { name: says(walk.language, 'setup.toLogIn') }).click();
  await heading(walk, 'login.title').waitFor();
}

/** Makes a token, calls the administration with it, and revokes it. */
export async function tryToken(walk: OwnerWalk): Promise<void> {
  const { page, language, origin } = walk;
  await goToPlace(walk, 'place.account');
  await page.getByText(says(language, 'tokens.none')).waitFor();
  await button(walk, 'tokens.create').click();
  await button(walk, 'tokens.submit').click();
  await page.getByText(says(language, 'tokens.needName')).waitFor();
  await field(page, 'token-name').fill('restock');
  await look(walk, '6-token-form');
  await button(walk, 'tokens.submit').click();
  await heading(walk, 'tokens.newTitle', { name: 'restock' }).waitFor();
  await page.getByRole('button', { name: `${says(language, 'ui.copy')} ${says(language, 'tokens.theToken')}` }).click();
  const token = await page.evaluate(() => navigator.clipboard.readText());
  await page.getByText(token, { exact: true }).waitFor();
  await page.getByRole('button', { name: says(language, 'tokens.revokeNamed', { name: 'restock' }) }).waitFor();
  await look(walk, '7-token');
  assert.equal(await callWith(origin, token), 200);
  await button(walk, 'tokens.kept').click();
  assert.equal(await page.getByText(token, { exact: true }).count(), 0, 'it is shown once');
  await page.getByRole('button', { name: says(language, 'tokens.revokeNamed', { name: 'restock' }) }).click();
  await look(walk, '8-revoke');
  await button(walk, 'tokens.keep').click();
  await page.getByRole('button', { name: says(language, 'tokens.revokeNamed', { name: 'restock' }) }).click();
  await button(walk, 'tokens.revokeSure').click();
  await page.getByText(says(language, 'tokens.none')).waitFor();
  assert.equal(await callWith(origin, token), 401);
}

const callWith = async (origin: string, token: string): Promise<number> =>
  (await fetch(`${origin}/api/admin/v1/products`, { headers: { authorization: `Bearer ${token}` } })).status;

export async function changePassword(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await button(walk, 'password.change').click();
  await field(page, 'current-password').fill('not the password');
  await field(page, 'new-password').fill(owner.next);
  await field(page, 'repeated-password').fill(owner.next);
  await button(walk, 'password.submit').click();
  await page.getByText(says(language, 'password.wrong')).waitFor();
  await look(walk, '9-change-password');
  await field(page, 'current-password').fill(owner.password);
  await button(walk, 'password.submit').click();
  await page.getByText(says(language, 'password.done')).waitFor();
}

export async function signOut(walk: OwnerWalk): Promise<void> {
  await walk.page.getByRole('button', { name: says(walk.language, 'shell.signOut') }).click();
  await heading(walk, 'login.title').waitFor();
  assert.equal(new URL(walk.page.url()).pathname, '/admin/login');
}

/** With the old password in vain, then with the new one. */
export async function signIn(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await look(walk, 'a-login');
  await field(page, 'login').fill(owner.login.toUpperCase());
  await field(page, 'password').fill(owner.password);
  await button(walk, 'login.submit').click();
  await page.getByRole('alert').getByText(says(language, 'problem.wrong_credentials')).waitFor();
  assert.equal(await field(page, 'login').inputValue(), owner.login.toUpperCase(), 'what was typed is still there');
  await look(walk, 'b-wrong-password');
  await field(page, 'password').fill(owner.next);
  await button(walk, 'login.submit').click();
  await heading(walk, 'home.greeting', { name: owner.login }).waitFor();
  await page.reload();
  await heading(walk, 'home.greeting', { name: owner.login }).waitFor();
}
