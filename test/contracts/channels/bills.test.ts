/** A day of real trade against the bills of the networks that give one: equal, and then with what can be amiss. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf as billDate, type GatewayTrade } from '../../../gateways/books.ts';
import { gateways } from '../../../gateways/registry.ts';
import { serveGateway } from '../../../gateways/serve-gateway.ts';
import { readOrder } from '../../../server/order/order-store.ts';
import type { Channel } from '../../../server/payment/channel.ts';
import { listReviewCases } from '../../../server/payment/review-store.ts';
import { reconcileDay } from '../../../server/reconcile/bills/reconcile-day.ts';
import { newLiveShop } from '../../kit/live-shop.ts';
import { beginPurchase } from './purchase.ts';

for (const dialect of ['sqlite', 'mysql'] as const) {
  test(`bills are compared both ways, and what they prove is taken in, on ${dialect}`, async () => {
    const live = await newLiveShop(dialect);
    const db = live.context.database.read;
    try {
      for (const definition of gateways.filter(({ has }) => has.bill)) {
        const gateway = await serveGateway(definition, { speedUp: 100_000 });
        const code = await live.connect(gateway);
        const channel = live.context.channels.get(code) as Channel;
        const date = billDate(Date.now(), channel.bill?.dayOffsetMinutes ?? 0);
        const good = await beginPurchase(live, code);
        await gateway.pay(good.payment.outTradeNo);
        await gateway.settled();
        const equal = await reconcileDay(live.context, channel, date);
        assert.ok(equal.kind === 'compared', JSON.stringify(equal));
        assert.deepEqual([equal.report.ok, equal.report.payments.count], [true, 1], JSON.stringify(equal.report));

        const unheard = await beginPurchase(live, code);
        gateway.mischief.next('lost');
        await gateway.pay(unheard.payment.outTradeNo);
        const cheaper = gateway.books.find(good.payment.outTradeNo) as GatewayTrade;
        cheaper.paidMinor -= 1;
        cheaper.amountMinor -= 1;
        const differs = await reconcileDay(live.context, channel, date);
        assert.ok(differs.kind === 'compared');
        assert.deepEqual(differs.report.differences.map(({ kind }) => kind).sort(), ['amount', 'channel-only']);
        assert.equal((await readOrder(db, unheard.orderId))?.status, 'delivered', 'money on the bill is money');
        const cases = (await listReviewCases(db, { limit: 50 })).filter((one) => one.detail.channel === code);
        assert.deepEqual(cases.map(({ kind }) => kind).sort(), ['bill_amount', 'bill_channel_only']);
        await reconcileDay(live.context, channel, date);
        assert.equal((await listReviewCases(db, { limit: 50 })).filter((one) => one.detail.channel === code).length, 2);
        await gateway.close();
      }
    } finally {
      await live.close();
    }
  });
}
