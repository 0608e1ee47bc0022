import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expireOrders } from '../../server/payment/expire-orders.ts';
import { tradeFor } from '../kit/buyer.ts';
import { makeOverdue } from '../kit/order-time.ts';
import { assertSound } from '../kit/shop-audit.ts';
import { onEachStage, times } from './race-shop.ts';

onEachStage((shop) => {
  test('fifty callbacks for one payment at once issue its card once, and each is answered with success', async () => {
    const skuId = await shop().newSku({ cards: 3 });
    const { body } = await shop().door().place({ skuId });
    const trade = tradeFor(body.payment);
    const answers = await Promise.all(times(50, () => shop().door().callback(trade)));
    assert.deepEqual(new Set(answers.map(({ status, text }) => `${status} ${text}`)), new Set(['200 success']));
    const cards = await shop().door().cards(body.order.id, body.accessToken);
    assert.equal(cards.body.cards.length, 1);
    const evidence = await shop().context.database.read.selectFrom('payment_evidence').select('trade_no').execute();
    assert.equal(evidence.filter((row) => row.trade_no === trade.tradeNo).length, 1);
    await assertSound(shop());
  });

  test('one order paid with two trades at once is delivered once and the surplus goes back', async () => {
    const skuId = await shop().newSku({ cards: 20 });
    const orders = await Promise.all(times(10, () => shop().door().place({ skuId })));
    const trades = orders.flatMap(({ body }) => [tradeFor(body.payment), tradeFor(body.payment)]);
    const answers = await Promise.all(trades.map((trade) => shop().door().callback(trade)));
    assert.ok(answers.every(({ text }) => text === 'success'));
    for (const { body } of orders) {
      const { order } = (await shop().door().show(body.order.id, body.accessToken)).body;
      assert.equal(order.status, 'delivered');
      assert.equal(order.receivedMinor, 2 * order.totalMinor);
      const cards = await shop().door().cards(order.id, body.accessToken);
      assert.equal(cards.body.cards.length, 1);
      const refunds = shop().context.database.read.selectFrom('refunds').select('amount_minor');
      const given = await refunds.where('order_id', '=', order.id).execute();
      assert.deepEqual(given, [{ amount_minor: order.totalMinor }]);
    }
    await assertSound(shop());
  });

  test('a payment that comes while its order expires is delivered', async () => {
    const skuId = await shop().newSku({ cards: 60 });
    const orders = await Promise.all(times(24, () => shop().door().place({ skuId })));
    const ids = orders.map(({ body }) => body.order.id);
    await makeOverdue(shop().context, ids);
    const expiries = times(4, (i) => expireOrders(shop().context, ids.slice(i * 6, i * 6 + 6)));
    const answers = await Promise.all(orders.map(({ body }) => shop().door().callback(tradeFor(body.payment))));
    await Promise.all(expiries);
    assert.ok(answers.every(({ text }) => text === 'success'));
    for (const { body } of orders) {
      const cards = await shop().door().cards(body.order.id, body.accessToken);
      assert.equal(cards.body.cards?.length, 1, cards.text);
    }
    await assertSound(shop());
  });

  test('a payment that comes while the buyer cancels is delivered, whichever was first', async () => {
    const skuId = await shop().newSku({ cards: 60 });
    const orders = await Promise.all(times(24, () => shop().door().place({ skuId })));
    const both = orders.map(async ({ body }) => {
      const [cancelled, paid] = await Promise.all([
        shop().door().cancel(body.order.id, body.accessToken),
        shop().door().callback(tradeFor(body.payment)),
      ]);
      assert.equal(paid.text, 'success');
      assert.ok(cancelled.status === 200 || cancelled.problem.code === 'order_not_cancellable', cancelled.text);
      const cards = await shop().door().cards(body.order.id, body.accessToken);
      assert.equal(cards.body.cards?.length, 1, cards.text);
    });
    await Promise.all(both);
    await assertSound(shop());
  });
});
