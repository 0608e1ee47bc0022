/** The whole purchase without a mouse or a touch: only keys are pressed here. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { desktop, launchBrowser, openPage } from './browser.ts';
import { says } from './journey.ts';
import { type RunningShop, startShop } from './shop.ts';

const mostStops = 80;

/** Presses Tab until the focus stands on the element; fails if it cannot be reached, or if the focus cannot be seen. */
async function tabTo(page: Page, target: Locator, what: string): Promise<void> {
  await target.waitFor({ state: 'attached' });
  for (let stop = 0; stop < mostStops; stop++) {
    await page.keyboard.press('Tab');
    if (!(await target.evaluate((element) => element === document.activeElement))) continue;
    // The mark may be drawn around the whole card or row that the focused link or radio stands for.
    const isSeen = await target.evaluate((element) => {
      const looks = () => {
        const styles: string[] = [];
        for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
          const { outline, borderColor, boxShadow } = getComputedStyle(at);
          styles.push(outline, borderColor, boxShadow);
        }
        return styles.join();
      };
      const focused = looks();
      (element as HTMLElement).blur();
      const blurred = looks();
      (element as HTMLElement).focus();
      return focused !== blurred;
    });
    assert.ok(isSeen, `${what}: the focus can be seen`);
    return;
  }
  assert.fail(`${what} cannot be reached with Tab`);
}

describe('the storefront by keyboard', () => {
  let shop: RunningShop;
  let browser: Browser;
  before(async () => {
    [shop, browser] = await Promise.all([startShop(), launchBrowser()]);
  });
  after(async () => {
    await browser.close();
    await shop.stop();
  });

  test('a product is found, chosen, ordered, paid and copied by keys alone', async () => {
    const watched = await openPage(browser, { ...desktop, permissions: ['clipboard-read', 'clipboard-write'] });
    const { page } = watched;
    const button = (key: Parameters<typeof says>[1]) =>
      page.getByRole('button', { name: says('zh', key), exact: true });
    await page.goto(shop.origin);
    await page.getByRole('article').first().waitFor();

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.equal(
      await page.evaluate(() => document.activeElement?.id),
      'content',
      'the first stop skips to the content',
    );

    await tabTo(page, page.locator(`article a[href="/products/${shop.slugs[0]}"]`), 'a product');
    await page.keyboard.press('Enter');
    await button('product.buyNow').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'content', 'a new page begins at its content');

    await tabTo(page, page.getByRole('radio', { checked: true }), 'the chosen variant');
    const variants = await page.getByRole('radio').count();
    if (variants > 1) {
      await page.keyboard.press('ArrowDown');
      assert.ok(await page.getByRole('radio').nth(1).isChecked(), 'arrow keys choose a variant');
      await page.keyboard.press('ArrowUp');
    }
    const quantity = page.getByRole('textbox', { name: says('zh', 'product.quantity') });
    await tabTo(page, quantity, 'the quantity');
    const before = Number(await quantity.inputValue());
    await page.keyboard.press('ArrowUp');
    assert.equal(Number(await quantity.inputValue()), before + 1);
    await tabTo(page, button('product.buyNow'), 'buy now');
    await page.keyboard.press('Enter');

    await tabTo(page, page.getByLabel(says('zh', 'checkout.contact')), 'the contact');
    await page.keyboard.type('keys@example.com');
    await tabTo(page, page.getByRole('radio').first(), 'the way to pay');
    await tabTo(page, button('checkout.submit'), 'the order button');
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: says('zh', 'pending.title') }).waitFor();
    await tabTo(page, page.getByRole('link', { name: says('zh', 'pending.open') }), 'the payment page');
    await tabTo(page, button('order.cancel'), 'cancelling');
    await shop.pay(page);
    await page.getByRole('heading', { name: says('zh', 'cards.title') }).waitFor();
    await tabTo(page, page.getByRole('button', { name: says('zh', 'cards.copyAll') }), 'copying all');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: says('zh', 'ui.copied') }).waitFor();
    assert.notEqual(await page.evaluate(() => navigator.clipboard.readText()), '');
    assert.deepEqual(watched.complaints, []);
    await watched.close();
  });
});
