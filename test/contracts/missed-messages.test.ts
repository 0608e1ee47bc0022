/** What a network could not deliver is asked for and taken in once, refunds made at the network too. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type RunningGateway, serveGateway } from '../../gateways/serve-gateway.ts';
import { stripeGateway } from '../../gateways/stripe/gateway.ts';
import { readOrder } from '../../server/order/order-store.ts';
import { refundsOfOrder } from '../../server/payment/refund-store.ts';
import { type LiveShop, newLiveShop } from '../kit/live-shop.ts';
import { assertSound } from '../kit/shop-audit.ts';
import { beginPurchase } from './channels/purchase.ts';

describe('messages that were lost', { concurrency: 1 }, () => {
  let live: LiveShop;
  let gateway: RunningGateway;
  before(async () => {
    live = await newLiveShop('sqlite');
    gateway = await serveGateway(stripeGateway);
    await live.connect(gateway);
  });
  after(async () => {
    await gateway.close();
    await live.close();
  });
  const orderOf = (id: string) => readOrder(live.context.database.read, id);

  test('a payment and a refund of which nobody heard are taken in, once', async () => {
    const bought = await beginPurchase(live, 'stripe');
    gateway.mischief.next('lost', 2);
    assert.equal(await gateway.pay(bought.payment.outTradeNo), true);
    await gateway.refundByHand(bought.payment.outTradeNo, 1);
    await gateway.settled();
    assert.equal((await orderOf(bought.orderId))?.status, 'pending');
    const first = await live.scan('missed-messages');
    assert.ok(first.mended >= 2, JSON.stringify(first));
    assert.equal((await orderOf(bought.orderId))?.status, 'delivered');
    await live.scan('missed-messages');
    const refunds = await refundsOfOrder(live.context.database.read, bought.orderId);
    assert.deepEqual(
      refunds.map(({ amountMinor, requestedBy }) => [amountMinor, requestedBy]),
      [[1, 'channel']],
    );
    await assertSound(live.shop);
  });

  test('a network that does not answer is asked again at the next time', async () => {
    gateway.mischief.next('error-5xx');
    assert.deepEqual(await live.scan('missed-messages'), { found: 0, mended: 0 });
  });
});
