/** The machine room as an owner walks through it: a backup, its rehearsal, its download; an audit, a patrol, the switch. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { en as auditEn } from '../../web/admin/audit/locales/en.ts';
import { zh as auditZh } from '../../web/admin/audit/locales/zh.ts';
import { en as backupsEn } from '../../web/admin/backups/locales/en.ts';
import { zh as backupsZh } from '../../web/admin/backups/locales/zh.ts';
import { en as systemEn } from '../../web/admin/system/locales/en.ts';
import { zh as systemZh } from '../../web/admin/system/locales/zh.ts';
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

const system = reader(systemZh, systemEn);
const backups = reader(backupsZh, backupsEn);
const audit = reader(auditZh, auditEn);
const walks = [
  { name: 'phone-chinese', device: phone, language: 'zh' },
  { name: 'desktop-english', device: desktop, language: 'en' },
] as const;

describe('the machine room', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const { name, device, language } of walks) {
    test(`${name}: backs the shop up, rehearses and takes it along, audits it, and sees that the log holds`, async () => {
      const shop = await startShop();
      try {
        const { page, complaints } = await openPage(browser, device);
        await page.addInitScript((it) => localStorage.setItem('cardwell.language', JSON.stringify(it)), language);
        const walk: OwnerWalk = { page, language, name, origin: shop.origin };
        await page.goto(shop.setupLink);
        await page.locator('#login').fill(owner.login);
        await page.locator('#new-password').fill(owner.password);
        await page.locator('#repeated-password').fill(owner.password);
        await button(walk, 'setup.submit').click();
        await page.waitForURL('**/admin/');
        await backUp(walk);
        await takeAlong(walk);
        await keepLonger(walk);
        await lookAround(walk);
        await checkLog(walk);
        assert.deepEqual(complaintsExcept(complaints, /status of 401/), []);
      } finally {
        await shop.stop();
      }
    });
  }
});

async function look({ page, name }: OwnerWalk, where: string): Promise<void> {
  await assertNoSidewaysScroll(page, where);
  await assertAccessible(page, where);
  await screenshot(page, `system-${name}-${where}`);
}

const press = (page: Page, text: string): Promise<void> =>
  page.getByRole('button', { name: text, exact: true }).first().click();
const startsWith = (text: string): RegExp => new RegExp(`^${text.split('{')[0]?.trim()}`);

async function backUp(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.backups');
  await page.getByText(backups(language, 'empty'), { exact: true }).waitFor();
  await look(walk, '1-no-backups');
  await press(page, backups(language, 'run'));
  await page.getByText(backups(language, 'state.verified'), { exact: true }).waitFor();
  const rehearse = language === 'zh' ? /^演练恢复 .+ 的备份$/ : /^Rehearse the backup of/;
  await page.getByRole('button', { name: rehearse }).click();
  await page.getByText(backups(language, 'state.rehearsed'), { exact: true }).waitFor();
  await look(walk, '2-rehearsed');
  const result = language === 'zh' ? /演练结果$/ : /^Result of rehearsing/;
  await page.getByRole('button', { name: result }).click();
  await page.getByText(backups(language, 'rehearsal.key'), { exact: true }).waitFor();
  await look(walk, '3-result');
  await page.keyboard.press('Escape');
}

/** Not with a wrong password; with the right one the file comes, and a tar file it is. */
async function takeAlong(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await page.getByRole('button', { name: startsWith(language === 'zh' ? '下载' : 'Download the backup') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input').fill('not the password');
  await press(page, backups(language, 'download.go'));
  await dialog.getByRole('alert').getByText(says(language, 'problem.wrong_credentials')).waitFor();
  await look(walk, '4-download');
  await dialog.locator('input').fill(owner.password);
  const coming = page.waitForEvent('download');
  await dialog.getByRole('button', { name: backups(language, 'download.go'), exact: true }).click();
  const file = await coming;
  assert.match(file.suggestedFilename(), /^cardwell-.+Z\.tar$/);
  const bytes = Buffer.concat(await Array.fromAsync(await file.createReadStream()));
  assert.match(bytes.toString('latin1', 0, 100), /^cardwell-.+\/manifest\.json/);
  assert.doesNotMatch(bytes.toString('latin1'), /keys\/master\.key/);
}

async function keepLonger(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  const days = page.getByLabel(backups(language, 'settings.keepDays'));
  await days.fill('900');
  await button(walk, 'form.save').click();
  await page.getByText(backups(language, 'settings.countWrong', { min: 1, max: 90 })).waitFor();
  await days.fill('14');
  const saved = page.waitForResponse((reply) => reply.url().endsWith('/backups/settings') && reply.ok());
  await button(walk, 'form.save').click();
  await saved;
  await page.reload();
  assert.equal(await days.inputValue(), '14');
}

async function lookAround(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.system');
  await page.getByText(system(language, 'audit.never'), { exact: true }).waitFor();
  await press(page, system(language, 'audit.run'));
  await page.getByText(system(language, 'check.LOG-1'), { exact: true }).waitFor();
  const processes = page.locator('section[aria-labelledby=system-processes]');
  await processes.getByText(system(language, 'processes.alive'), { exact: true }).waitFor();
  await page.locator('summary', { hasText: language === 'zh' ? /巡查$/ : /patrols$/ }).click();
  const name = system(language, 'scan.stock-drift');
  await press(page, system(language, 'scans.runNamed', { name }));
  const result = system(language, 'scans.nothing');
  await page.getByText(system(language, 'scans.done', { name, result })).waitFor();
  await page.getByText(system(language, 'doctor.showFine', { count: 0 }).split('0')[0] ?? '').waitFor();
  await page.evaluate(() => window.scrollTo(0, 0));
  await look(walk, '5-system');
  await press(page, system(language, 'degrade.on'));
  await page.getByRole('dialog').getByRole('textbox').fill('演习');
  await look(walk, '6-degrade');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: system(language, 'degrade.on') })
    .click();
  await page.getByRole('button', { name: system(language, 'degrade.off') }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('演习结束');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: system(language, 'degrade.off') })
    .click();
  await page.getByRole('button', { name: system(language, 'degrade.on') }).waitFor();
}

async function checkLog(walk: OwnerWalk): Promise<void> {
  const { page, language } = walk;
  await goToPlace(walk, 'place.audit');
  await press(page, audit(language, 'chain.verify'));
  await page
    .getByRole('status')
    .filter({ hasText: startsWithText(audit(language, 'chain.ok', { seq: 0, at: '' })) })
    .waitFor();
  await look(walk, '7-log');
}

const startsWithText = (text: string): string => text.split('0')[0]?.trim() ?? '';
