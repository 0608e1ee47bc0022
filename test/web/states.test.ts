/** What buyers see when things do not go straight: states and failures the test double can bring about at will. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import {
  assertAccessible,
  assertNoSidewaysScroll,
  complaintsExcept,
  launchBrowser,
  openPage,
  phone,
  screenshot,
  smallPhone,
  type WatchedPage,
} from './browser.ts';
import { type ShopDouble, startShopDouble } from './shop-double.ts';

const failedReply = (status: number) => new RegExp(`responded with a status of ${status}`);

describe('the storefront when things do not go straight', () => {
  let shop: ShopDouble;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;

  before(async () => {
    [shop, browser] = await Promise.all([startShopDouble(), launchBrowser()]);
  });
  after(async () => {
    await browser.close();
    await shop.close();
  });

  const open = async (path: string, options = phone) => {
    watched = await openPage(browser, options);
    page = watched.page;
    await page.goto(shop.origin + path);
  };
  const finish = async (...expected: RegExp[]) => {
    assert.deepEqual(complaintsExcept(watched.complaints, ...expected), []);
    await watched.close();
  };
  const fillAndSubmit = async (contact = 'buyer@example.com') => {
    await page.getByLabel('联系方式').fill(contact);
    await page.getByRole('button', { name: '提交订单并付款' }).click();
  };
  const orderOnPage = () => new URL(page.url()).pathname.split('/').at(-1)!;
  const placeOrder = async (lines = '11.2.windows-11-pro') => {
    await open(`/checkout?lines=${lines}`);
    await fillAndSubmit();
    await page.getByRole('heading', { name: '请完成付款' }).waitFor();
    return orderOnPage();
  };
  const look = async (name: string) => {
    await assertNoSidewaysScroll(page, name);
    await assertAccessible(page, name);
    await screenshot(page, `state-${name}`);
  };

  test('a busy shop keeps what was typed, and the retry carries the same key', async () => {
    await open('/checkout?lines=11.2.windows-11-pro');
    const keys: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') keys.push(request.headers()['idempotency-key']);
    });
    shop.failNext('POST /api/v1/orders', 'overloaded', 503, { 'retry-after': '1' });
    await page.getByLabel('查询密码（选填）').fill('secret');
    await fillAndSubmit('wechat-123');
    await page.getByRole('alert').getByText('重试不会重复下单').waitFor();
    await look('busy');
    await page.route('**/api/v1/orders', (route) => route.abort('connectionreset'), { times: 1 });
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.getByText('网络连接不上').waitFor();
    assert.equal(await page.getByLabel('联系方式').inputValue(), 'wechat-123');
    assert.equal(await page.getByLabel('查询密码（选填）').inputValue(), 'secret');
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.getByRole('heading', { name: '请完成付款' }).waitFor();
    assert.equal(keys.length, 3);
    assert.match(keys[0] ?? '', /^[0-9a-f-]{36}$/);
    assert.deepEqual(new Set(keys).size, 1);
    await finish(failedReply(503), /ERR_CONNECTION_RESET/);
  });

  test('a line sold out meanwhile is marked, and one tap lowers it', async () => {
    await open('/checkout?lines=11.2.windows-11-pro~31.2.apple-gift-card', smallPhone);
    shop.failNext('POST /api/v1/orders', 'sold_out', 409, {}, [{ path: '/lines/1', message: 'sold out' }]);
    await fillAndSubmit();
    await page.getByText('库存不足，请减少数量或移除').waitFor();
    await look('sold-out-line');
    await page.getByRole('button', { name: '改为 1 件' }).click();
    await page.getByRole('button', { name: '提交订单并付款' }).click();
    await page.getByRole('heading', { name: '请完成付款' }).waitFor();
    assert.deepEqual(
      shop.orders.get(orderOnPage())?.order.lines.map((line) => line.quantity),
      [2, 1],
    );
    await finish(failedReply(409));
  });

  test('a quantity beyond the stock is caught before it is sent', async () => {
    await open('/checkout?lines=31.9.apple-gift-card');
    await page.getByText('最多可买 3 件').waitFor();
    await look('too-many');
    assert.ok(await page.getByRole('button', { name: '提交订单并付款' }).isDisabled());
    await page.getByRole('button', { name: '改为 3 件' }).click();
    assert.ok(await page.getByRole('button', { name: '提交订单并付款' }).isEnabled());
    await finish();
  });

  test('a sold-out product says so and cannot be bought', async () => {
    await open('/products/office-365');
    await page.getByText('该规格暂时无货').waitFor();
    await look('sold-out-product');
    assert.ok(await page.getByRole('button', { name: '已售罄' }).isDisabled());
    await finish();
  });

  test('an order under review is calm and says what happens next', async () => {
    const id = await placeOrder();
    shop.change(id, { status: 'review', receivedMinor: 100, paidAt: Date.now() });
    await page.getByRole('heading', { name: '款项已收到，店家正在核实' }).waitFor();
    await look('review');
    await finish();
  });

  test('a refunded order says where the money went', async () => {
    const id = await placeOrder();
    shop.pay(id);
    await page.getByRole('heading', { name: '发货成功' }).waitFor();
    shop.change(id, { status: 'refunded', refundedMinor: 25_600 });
    await page.reload();
    await page.getByRole('heading', { name: '已退款' }).waitFor();
    await look('refunded');
    await finish();
  });

  test('an expired order can be ordered again with the same lines', async () => {
    const id = await placeOrder('11.2.windows-11-pro~21.3.steam-card');
    shop.change(id, { status: 'expired' });
    await page.getByRole('heading', { name: '订单已过期' }).waitFor();
    await look('expired');
    await page.getByRole('button', { name: '重新下单' }).click();
    await page.getByRole('heading', { name: '确认订单' }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('lines'), '11.2.windows-11-pro~21.3.steam-card');
    await finish();
  });

  test('late money flips even an expired page to the cards', async () => {
    const id = await placeOrder();
    shop.change(id, { status: 'expired' });
    await page.getByRole('heading', { name: '订单已过期' }).waitFor();
    shop.pay(id);
    await page.getByRole('heading', { name: '我的卡密' }).waitFor();
    await finish();
  });

  test('manual goods wait for the shop, and show up when delivered', async () => {
    const id = await placeOrder('61.1.design-course');
    shop.pay(id);
    await page.getByText('店家处理后会显示在这里').waitFor();
    await look('manual');
    const lines = shop.orders.get(id)!.order.lines.map((line) => ({ ...line, deliveredAt: Date.now() }));
    shop.change(id, { status: 'delivered', lines });
    await page.getByRole('heading', { name: '我的卡密' }).waitFor();
    await finish();
  });

  test('where streams do not get through, the page flips by polling', async () => {
    await open('/');
    await page.route('**/events', (route) => route.fulfill({ status: 502, body: 'proxy' }));
    await page.goto(`${shop.origin}/checkout?lines=11.1.windows-11-pro`);
    await fillAndSubmit();
    await page.getByRole('heading', { name: '请完成付款' }).waitFor();
    shop.pay(orderOnPage());
    await page.getByRole('heading', { name: '我的卡密' }).waitFor();
    await finish(failedReply(502));
  });

  test('a stream that ends is opened again', async () => {
    const id = await placeOrder();
    const entry = shop.orders.get(id)!;
    await page.waitForTimeout(300);
    assert.equal(entry.listeners.size, 1);
    shop.dropStreams();
    await page.waitForRequest((request) => request.url().endsWith('/events'));
    shop.pay(id);
    await page.getByRole('heading', { name: '我的卡密' }).waitFor();
    await finish(/ERR_INCOMPLETE_CHUNKED_ENCODING/);
  });

  test('a channel that fails leaves the order and offers to try again', async () => {
    shop.withoutPayment = true;
    await placeOrder();
    shop.withoutPayment = false;
    shop.failNext('POST /api/v1/orders/', 'channel_unavailable', 503);
    await page.getByRole('button', { name: '获取付款码' }).click();
    await page.getByText('没能获取付款码').waitFor();
    await look('channel-failed');
    await page.getByRole('radio', { name: /支付宝/ }).check();
    await page.getByRole('button', { name: '获取付款码' }).click();
    await page.getByRole('img', { name: /付款二维码/ }).waitFor();
    await finish(failedReply(503));
  });

  test('without any way to pay nothing is ordered yet, an order made before is kept, and both go on by themselves', async () => {
    shop.withoutPayment = true;
    const id = await placeOrder();
    shop.withoutChannels = true;
    await page.reload();
    await page.getByText('订单和卡密在付款截止前一直为您保留').waitFor();
    assert.equal(orderOnPage(), id);
    await look('no-channel-order');
    shop.withoutChannels = false;
    await page.getByRole('radio', { name: /支付宝/ }).waitFor();
    shop.withoutPayment = false;
    await finish();
    shop.withoutChannels = true;
    await open('/checkout?lines=11.2.windows-11-pro');
    await page.getByLabel('联系方式').fill('buyer@example.com');
    await page.getByRole('status').getByText('先不要下单').waitFor();
    assert.ok(await page.getByRole('button', { name: '提交订单并付款' }).isDisabled());
    await look('no-channel-checkout');
    shop.withoutChannels = false;
    await fillAndSubmit();
    await page.getByRole('img', { name: /付款二维码/ }).waitFor();
    await finish();
  });

  test('a reload in the middle of paying shows the same code again', async () => {
    await placeOrder();
    const code = () => page.getByRole('img', { name: /付款二维码/ }).innerHTML();
    const shown = await code();
    await page.reload();
    assert.equal(await code(), shown);
    await finish();
  });

  test('an order is cancelled only after being asked', async () => {
    await placeOrder();
    await page.getByRole('button', { name: '取消订单' }).click();
    await look('cancel');
    await page.getByRole('button', { name: '确定取消' }).click();
    await page.getByRole('heading', { name: '订单已取消' }).waitFor();
    await finish();
  });

  test('an order link opens anywhere, and its key leaves the address bar', async () => {
    const id = await placeOrder();
    const { token } = shop.orders.get(id)!;
    await watched.close();
    await open(`/orders/${id}#t=${token}`);
    await page.getByRole('heading', { name: '请完成付款' }).waitFor();
    assert.equal(page.url(), `${shop.origin}/orders/${id}`);
    await page.goto(`${shop.origin}/orders`);
    await page.getByRole('link', { name: /Windows 11/ }).waitFor();
    await finish();
  });

  test('without or with a wrong key an order shows nothing', async () => {
    const id = await placeOrder();
    await watched.close();
    await open(`/orders/${id}`);
    await page.getByRole('heading', { name: '需要订单凭证' }).waitFor();
    await look('no-key');
    await page.goto(`${shop.origin}/orders/${id}#t=wrong`);
    await page.getByRole('heading', { name: '没有找到这笔订单' }).waitFor();
    await look('wrong-key');
    await finish(failedReply(404));
  });

  test('guessing at the look-up is answered with the time to wait', async () => {
    await open('/orders');
    await page.getByLabel('下单时填写的联系方式').fill('nobody@example.com');
    await page.getByLabel('查询密码', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: '查询订单' }).click();
    await page.getByText('没有找到匹配的订单').waitFor();
    shop.failNext('POST /api/v1/orders/lookup', 'too_many_requests', 429, { 'retry-after': '30' });
    await page.getByRole('button', { name: '查询订单' }).click();
    const wait = page.getByRole('button', { name: /秒后再试/ });
    await wait.waitFor();
    assert.ok(await wait.isDisabled());
    await look('look-up-limited');
    await finish(failedReply(429));
  });

  test('addresses that lead nowhere say so', async () => {
    await open('/no/such/page');
    await page.getByRole('heading', { name: '页面不存在' }).waitFor();
    await look('not-found');
    await page.goto(`${shop.origin}/products/gone`);
    await page.getByRole('heading', { name: '商品不存在或已下架' }).waitFor();
    await look('product-gone');
    await finish(failedReply(404));
  });
});
