/** Channels in the hands of their owner, over the admin API; and a channel that falls ill and recovers. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bepusdtGateway } from '../../../gateways/bepusdt/gateway.ts';
import { epayGateway } from '../../../gateways/epay/gateway.ts';
import { epayV2Gateway } from '../../../gateways/epay-v2/gateway.ts';
import type { GatewayDefinition } from '../../../gateways/gateway.ts';
import { type RunningGateway, serveGateway } from '../../../gateways/serve-gateway.ts';
import { stripeGateway } from '../../../gateways/stripe/gateway.ts';
import { createToken } from '../../../server/account/create-token.ts';
import { readOrder } from '../../../server/order/order-store.ts';
import { refundsOfOrder } from '../../../server/payment/refund-store.ts';
import { listReviewCases } from '../../../server/payment/review-store.ts';
import { sendRefund } from '../../../server/payment/send-refund.ts';
import { type Caller, callerOf } from '../../kit/http-call.ts';
import { type LiveShop, newLiveShop } from '../../kit/live-shop.ts';
import { until } from '../../kit/until.ts';
import { beginPurchase } from './purchase.ts';

for (const dialect of ['sqlite', 'mysql'] as const)
  describe(`channels on ${dialect}`, { concurrency: 1 }, () => {
    let live: LiveShop;
    let epay: RunningGateway;
    let call: Caller;
    let headers: Record<string, string>;
    const running: RunningGateway[] = [];
    const serve = async (definition: GatewayDefinition) => {
      const gateway = await serveGateway(definition, { speedUp: 100_000 });
      running.push(gateway);
      return gateway;
    };
    before(async () => {
      live = await newLiveShop(dialect);
      epay = await serve(epayGateway);
      const { token } = await createToken(live.context, { name: 'owner', actor: 'test' });
      headers = { authorization: `Bearer ${token}` };
      call = callerOf(live.origin);
    });
    after(async () => {
      await Promise.all(running.map((gateway) => gateway.close()));
      await live.close();
    });
    const admin = async (method: string, path: string, body?: unknown) => {
      const answer = await call({ method, path: `/api/admin/v1${path}`, headers, body });
      return { status: answer.status, text: answer.text, body: answer.text ? JSON.parse(answer.text) : undefined };
    };
    const shown = async () => {
      const { channels } = JSON.parse((await call({ path: '/api/v1/channels' })).text) as {
        channels: { code: string }[];
      };
      return channels.map(({ code }) => code);
    };

    test('is created, tried, changed without typing the key again, and never shows it', async () => {
      const { settings } = epay.wire;
      const secret = String(settings.key);
      const bad = await admin('POST', '/channels', {
        code: 'shop-epay',
        kind: 'epay',
        settings: { ...settings, pid: '' },
      });
      assert.deepEqual([bad.status, bad.body.code], [400, 'invalid_request']);
      const made = await admin('POST', '/channels', { code: 'shop-epay', kind: 'epay', settings, priority: 5 });
      assert.equal(made.status, 201, made.text);
      assert.deepEqual(made.body.channel.secretsSet, ['key']);
      const again = await admin('POST', '/channels', { code: 'shop-epay', kind: 'epay', settings });
      assert.deepEqual([again.status, again.body.code], [409, 'channel_code_taken']);
      assert.equal((await admin('POST', '/channels/shop-epay/test')).body.ok, true);
      const { version } = made.body.channel;
      const renamed = await admin('PATCH', '/channels/shop-epay', { version, nameZh: '易支付' });
      assert.equal(renamed.status, 200, renamed.text);
      assert.equal((await admin('POST', '/channels/shop-epay/test')).body.ok, true, 'the key is still there');
      assert.equal((await admin('PATCH', '/channels/shop-epay', { version, priority: 1 })).body.code, 'edit_conflict');
      const everywhere = [made.text, renamed.text, (await admin('GET', '/channels')).text];
      everywhere.push((await admin('GET', '/audit-log?limit=50')).text);
      assert.ok(everywhere.every((text) => text.includes('shop-epay') && !text.includes(secret)));
      const [row] = await live.context.database.read.selectFrom('channels').selectAll().execute();
      assert.ok(row?.config && !Buffer.from(row.config).includes(secret), 'sealed in the database');
    });

    test('what was used stays; what was not can go', async () => {
      const bought = await beginPurchase(live, 'shop-epay');
      assert.equal((await admin('DELETE', '/channels/shop-epay?version=2')).body.code, 'in_use');
      await admin('PATCH', '/channels/shop-epay', { version: 2, enabled: false });
      assert.deepEqual(await shown(), ['sandbox']);
      await epay.pay(bought.payment.outTradeNo);
      await epay.settled();
      assert.equal(
        (await readOrder(live.context.database.read, bought.orderId))?.status,
        'delivered',
        'money in flight',
      );
      await admin('PATCH', '/channels/shop-epay', { version: 3, enabled: true });
      const { settings } = epay.wire;
      await admin('POST', '/channels', { code: 'never-used', kind: 'epay', settings });
      assert.equal((await admin('DELETE', '/channels/never-used?version=1')).status, 204);
    });

    test('blocked by hand, buyers are led elsewhere until it is opened by hand', async () => {
      assert.deepEqual(await shown(), ['shop-epay', 'sandbox']);
      const blocked = await admin('POST', '/channels/shop-epay/block', { reason: 'maintenance' });
      assert.deepEqual([blocked.status, blocked.body.channel.blockReason], [200, 'maintenance']);
      assert.deepEqual(await shown(), ['sandbox']);
      await live.scan('probe-channels');
      assert.deepEqual(await shown(), ['sandbox'], 'a probe does not undo what a person did');
      await admin('POST', '/channels/shop-epay/unblock', { reason: 'done' });
      assert.deepEqual(await shown(), ['shop-epay', 'sandbox']);
    });

    test('a failing one blocks itself; two good probes open it', async () => {
      const v2 = await serve(epayV2Gateway);
      await live.connect(v2, 'ill', { priority: 9 });
      const bought = await beginPurchase(live, 'ill');
      v2.mischief.rate('error-5xx', 1);
      const channel = live.context.channels.get('ill');
      const ref = { ...bought.payment, reference: null, createdAt: 1, tradeNo: null };
      for (let n = 0; n < 5; n++) await channel?.query(ref);
      await until('it is blocked', async () => {
        await live.context.channels.refresh();
        return live.context.channels.payable('ill') === undefined;
      });
      assert.deepEqual(await shown(), ['shop-epay', 'sandbox']);
      const probeNow = async () => {
        await live.context.database.transact('test.probe', (tx) =>
          tx.updateTable('channel_health').set({ probe_at: 1 }).where('probe_at', 'is not', null).execute(),
        );
        await live.scan('probe-channels');
        await live.context.channels.refresh();
      };
      await probeNow();
      v2.mischief.behave();
      await probeNow();
      assert.equal(live.context.channels.payable('ill'), undefined, 'one good answer is not enough');
      await probeNow();
      assert.deepEqual(await shown(), ['ill', 'shop-epay', 'sandbox']);
    });

    test('two channels of one account: a message at the wrong address is not a second payment', async () => {
      await live.connect(epay, 'twin');
      const bought = await beginPurchase(live, 'shop-epay');
      await epay.pay(bought.payment.outTradeNo);
      await epay.settled();
      const trade = epay.books.find(bought.payment.outTradeNo);
      assert.ok(trade);
      const message = await epay.wire.message({ kind: 'paid', trade });
      const told = await fetch(String(message?.url).replace('/shop-epay', '/twin'));
      assert.deepEqual([told.status, await told.text()], [200, 'success']);
      assert.deepEqual(await refundsOfOrder(live.context.database.read, bought.orderId), [], 'nothing goes back');
    });

    test('a dispute is laid before a person', async () => {
      const stripe = await serve(stripeGateway);
      await live.connect(stripe, 'stripe');
      const bought = await beginPurchase(live, 'stripe');
      await stripe.pay(bought.payment.outTradeNo);
      await stripe.settled();
      await stripe.dispute(bought.payment.outTradeNo);
      await stripe.settled();
      const cases = await listReviewCases(live.context.database.read, { kind: 'dispute', limit: 5 });
      assert.deepEqual([cases.length, cases[0]?.orderId], [1, bought.orderId]);
    });

    test('a refund that the network cannot send is paid by hand and confirmed', async () => {
      const usdt = await serve(bepusdtGateway);
      await live.connect(usdt, 'usdt');
      const bought = await beginPurchase(live, 'usdt');
      await usdt.pay(bought.payment.outTradeNo);
      await usdt.settled();
      const asked = await admin('POST', `/orders/${bought.orderId}/refunds`, { reason: 'test' });
      assert.ok(asked.status < 300, asked.text);
      const [refund] = await refundsOfOrder(live.context.database.read, bought.orderId);
      await sendRefund(live.context, refund?.refundNo ?? '');
      const [found] = await listReviewCases(live.context.database.read, { kind: 'refund_by_hand', limit: 5 });
      const done = await admin('POST', '/review-cases/resolve', {
        ids: [found?.id],
        action: 'confirm',
        reason: 'sent by hand',
      });
      assert.deepEqual(done.body.results, [{ id: found?.id, outcome: 'resolved' }]);
      await sendRefund(live.context, refund?.refundNo ?? '');
      assert.equal((await readOrder(live.context.database.read, bought.orderId))?.status, 'refunded');
    });
  });
