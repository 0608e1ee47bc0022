import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { totpCode, totpStep } from '../../server/account/totp.ts';
import { en as accountEn } from '../../web/admin/account/locales/en.ts';
import { zh as accountZh } from '../../web/admin/account/locales/zh.ts';
import { en as homeEn } from '../../web/admin/home/locales/en.ts';
import { zh as homeZh } from '../../web/admin/home/locales/zh.ts';
import { en as peopleEn } from '../../web/admin/people/locales/en.ts';
import { zh as peopleZh } from '../../web/admin/people/locales/zh.ts';
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
import { button, goToPlace, type OwnerWalk, owner, says } from './owner.ts';
import { startShop } from './shop.ts';

const home = reader(homeZh, homeEn);
const people = reader(peopleZh, peopleEn);
const account = reader(accountZh, accountEn);
const walks = [
  { name: 'phone-chinese', device: phone, language: 'zh' },
  { name: 'desktop-english', device: desktop, language: 'en' },
] as const;
const staff = { login: 'wei-support', password: 'a lamp at the window' };

describe('people at the desk', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const { name, device, language } of walks) {
    test(`${name}: somebody is invited, sees what the role may, turns on a second factor, and is disabled`, async () => {
      const shop = await startShop();
      try {
        const walkOf = async (): Promise<{ walk: OwnerWalk; complaints: string[] }> => {
          const { page, complaints } = await openPage(browser, device);
          await page.addInitScript((it) => localStorage.setItem('cardwell.language', JSON.stringify(it)), language);
          return { walk: { page, language, name, origin: shop.origin }, complaints };
        };
        const [first, second] = [await walkOf(), await walkOf()];
        await becomeOwner(first.walk, shop.setupLink);
        const link = await invite(first.walk);
        await comeIn(second.walk, link);
        const secret = await turnOnFactor(second.walk);
        await signInAgain(second.walk, secret);
        await promoteAndDisable(first.walk, second.walk);
        for (const { complaints } of [first, second]) {
          assert.deepEqual(complaintsExcept(complaints, /status of (401|403)/), []);
        }
      } finally {
        await shop.stop();
      }
    });
  }
});

async function look({ page, name }: OwnerWalk, where: string): Promise<void> {
  await assertNoSidewaysScroll(page, where);
  await assertAccessible(page, where);
  await screenshot(page, `people-${name}-${where}`);
}

const press = (page: Page, text: string): Promise<void> =>
  page.getByRole('button', { name: text, exact: true }).first().click();

async function setPassword(page: Page, password: string): Promise<void> {
  await page.locator('#new-password').fill(password);
  await page.locator('#repeated-password').fill(password);
}

async function becomeOwner(walk: OwnerWalk, link: string): Promise<void> {
  const { page } = walk;
  await page.goto(link);
  await page.locator('#login').fill(owner.login);
  await setPassword(page, owner.password);
  await button(walk, 'setup.submit').click();
  await page.waitForURL('**/admin/');
}

async function invite(walk: OwnerWalk): Promise<string> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.people');
  await page.getByText(`${owner.login} ${people(language, 'you')}`).waitFor();
  await press(page, people(language, 'invite'));
  await press(page, people(language, 'invite.submit'));
  await page.getByText(people(language, 'field.loginWrong')).waitFor();
  await page.getByRole('dialog').getByRole('textbox').fill(staff.login);
  await page.getByText(people(language, 'roleSays.support')).waitFor();
  await look(walk, '1-invite');
  await press(page, people(language, 'invite.submit'));
  await page.getByRole('heading', { name: people(language, 'link.title', { name: staff.login }) }).waitFor();
  const link = await page.locator('pre, code').filter({ hasText: '/admin/welcome#' }).innerText();
  await press(page, people(language, 'link.done'));
  await page.getByText(people(language, 'status.invited')).waitFor();
  await look(walk, '2-people');
  return link;
}

async function comeIn(walk: OwnerWalk, link: string): Promise<void> {
  const { page, language } = walk;
  await page.goto(link);
  await page.getByText(says(language, 'welcome.lead', { login: staff.login })).waitFor();
  await look(walk, '3-welcome');
  await setPassword(page, staff.password);
  await button(walk, 'welcome.submit').click();
  await page.waitForURL('**/admin/login');
  await page.locator('#login').fill(staff.login);
  await page.locator('#password').fill(staff.password);
  await button(walk, 'login.submit').click();
  await page.waitForURL('**/admin/');
  // Who does not see what the shop earns sees what waits for them.
  await page.getByRole('heading', { name: home(language, 'counter.title') }).waitFor();
  await page.getByText(home(language, 'counter.latestNone')).waitFor();
  await look(walk, '3b-counter');
  // What the role may not do is not offered, and its address leads nowhere.
  await goToPlace(walk, 'place.coupons');
  const create = language === 'zh' ? '新建优惠码' : 'New coupon';
  assert.equal(await page.getByRole('button', { name: create }).count(), 0);
  const menu = button(walk, 'shell.openPlaces');
  if (await menu.isVisible()) await menu.click();
  for (const place of ['place.people', 'place.channels', 'place.audit'] as const) {
    assert.equal(await page.getByRole('link', { name: says(language, place), exact: true }).count(), 0, place);
  }
  await page.goto(`${walk.origin}/admin/people`);
  await page.getByText(says(language, 'shell.nothingHere')).waitFor();
  await look(walk, '4-not-for-support');
}

async function turnOnFactor(walk: OwnerWalk): Promise<Buffer> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.account');
  await page.getByText(account(language, 'sessions.current')).waitFor();
  assert.equal(await page.getByText(says(language, 'tokens.title'), { exact: true }).count(), 0);
  await press(page, account(language, 'factor.turnOn'));
  await page.locator('#factor-password').fill(staff.password);
  await press(page, account(language, 'factor.go'));
  await page.getByRole('img', { name: account(language, 'factor.qr') }).waitFor();
  const text = await page
    .locator('code')
    .filter({ hasText: /^[A-Z2-7]{32}$/ })
    .innerText();
  await look(walk, '5-second-factor');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  await page.locator('#factor-code').fill(totpCode(secret, totpStep(Date.now())));
  await press(page, account(language, 'factor.confirm'));
  await page.locator('#recovery-codes').waitFor();
  assert.equal((await page.locator('#recovery-codes').innerText()).trim().split('\n').length, 10);
  await look(walk, '6-recovery-codes');
  await press(page, account(language, 'factor.kept'));
  await page.getByText(account(language, 'factor.on', { count: 10 })).waitFor();
  return secret;
}

async function signInAgain(walk: OwnerWalk, secret: Buffer): Promise<void> {
  const { page } = walk;
  await button(walk, 'shell.signOut').click();
  await page.locator('#login').fill(staff.login);
  await page.locator('#password').fill(staff.password);
  await button(walk, 'login.submit').click();
  await page.locator('#code').waitFor();
  await look(walk, '7-code');
  // The code of this half minute is spent; the app's next one is good already.
  await page.locator('#code').fill(totpCode(secret, totpStep(Date.now()) + 1));
  await button(walk, 'login.submit').click();
  await page.waitForURL('**/admin/');
}

async function promoteAndDisable(walk: OwnerWalk, other: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await page.reload();
  const manage = page.getByRole('button', { name: people(language, 'manageNamed', { name: staff.login }) });
  await manage.click();
  await page.getByRole('dialog').getByRole('combobox').selectOption('manager');
  await press(page, people(language, 'change.save'));
  await page.locator('table').getByText(people(language, 'role.manager')).waitFor();
  await look(walk, '8-manage');
  await press(page, people(language, 'change.disable'));
  const sure = people(language, 'disable.sure', { name: staff.login });
  await page.getByRole('dialog').last().getByRole('textbox').fill('left the shop');
  await press(page, sure);
  await page.locator('table').getByText(people(language, 'status.disabled')).waitFor();
  await other.page.reload();
  await other.page.waitForURL('**/admin/login');
}
