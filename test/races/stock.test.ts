import assert from 'node:assert/strict';
import { test } from 'node:test';
import { updateSku } from '../../server/catalog/update-sku.ts';
import { endOrders } from '../../server/order/end-orders.ts';
import { openCasesOfOrder } from '../../server/payment/review-store.ts';
import { tradeFor } from '../kit/buyer.ts';
import { makeOverdue } from '../kit/order-time.ts';
import { assertSound } from '../kit/shop-audit.ts';
import { onEachStage, type RaceShop, times } from './race-shop.ts';

/** An order whose time is over and whose card is back on sale. */
async function expiredOrder(shop: RaceShop, skuId: number) {
  const { body } = await shop.door().place({ skuId });
  await makeOverdue(shop.context, [body.order.id]);
  const ended = await endOrders(shop.context, { orderIds: [body.order.id], to: 'expired' });
  assert.equal(ended.length, 1);
  return body;
}

onEachStage((shop) => {
  test('five hundred buyers of a hundred cards: a hundred get one, four hundred are told it is sold out', async () => {
    const skuId = await shop().newSku({ cards: 100 });
    const replies = await Promise.all(times(500, (i) => shop().door(i).place({ skuId })));
    const placed = replies.filter(({ status }) => status === 201);
    const refused = replies.filter(({ status, problem }) => status === 409 && problem.code === 'sold_out');
    assert.deepEqual([placed.length, refused.length], [100, 400]);
    const answers = await Promise.all(placed.map(({ body }) => shop().door().callback(tradeFor(body.payment))));
    assert.ok(answers.every(({ text }) => text === 'success'));
    const shown = await Promise.all(placed.map(({ body }) => shop().door().cards(body.order.id, body.accessToken)));
    const secrets = shown.flatMap(({ body }) => body.cards.map((card) => card.secret));
    assert.equal(new Set(secrets).size, 100);
    await assertSound(shop());
  });

  test('a late payer and a new buyer both want the last card: one has it, the other is not charged for nothing', async () => {
    const rounds = times(12, async () => {
      const skuId = await shop().newSku({ cards: 1 });
      const late = await expiredOrder(shop(), skuId);
      const [paid, bought] = await Promise.all([
        shop().door().callback(tradeFor(late.payment)),
        shop().door().place({ skuId }),
      ]);
      assert.equal(paid.text, 'success');
      const { order } = (await shop().door().show(late.order.id, late.accessToken)).body;
      const kinds = (await openCasesOfOrder(shop().context.database.read, order.id)).map(({ kind }) => kind);
      if (bought.status === 201) assert.deepEqual([order.status, kinds], ['review', ['out_of_stock']]);
      else assert.deepEqual([order.status, bought.problem.code, kinds], ['delivered', 'sold_out', []]);
    });
    await Promise.all(rounds);
    await assertSound(shop());
  });

  test('money that comes after the reservation is delivered from stock', async () => {
    const skuId = await shop().newSku({ cards: 1 });
    const late = await expiredOrder(shop(), skuId);
    assert.equal((await shop().door().callback(tradeFor(late.payment))).text, 'success');
    const cards = await shop().door().cards(late.order.id, late.accessToken);
    assert.equal(cards.body.cards.length, 1);
    await assertSound(shop());
  });

  test('money that comes when nothing is left is on record and waits for a person', async () => {
    const skuId = await shop().newSku({ cards: 1 });
    const late = await expiredOrder(shop(), skuId);
    const other = await shop().door().place({ skuId });
    assert.equal((await shop().door().callback(tradeFor(other.body.payment))).text, 'success');
    assert.equal((await shop().door().callback(tradeFor(late.payment))).text, 'success');
    const { order } = (await shop().door().show(late.order.id, late.accessToken)).body;
    assert.deepEqual([order.status, order.receivedMinor], ['review', order.totalMinor]);
    const cases = await openCasesOfOrder(shop().context.database.read, order.id);
    assert.deepEqual(
      cases.map(({ kind }) => kind),
      ['out_of_stock'],
    );
    await assertSound(shop());
  });

  test('the price changes while orders come in: each is charged one of the prices, and that one is enough', async () => {
    const skuId = await shop().newSku({ cards: 60, priceMinor: 1000 });
    const prices = [1000, 1500, 900, 2000, 1100];
    const changes = (async () => {
      for (const [i, priceMinor] of prices.entries()) {
        const changed = await updateSku(
          { ...shop().context, skusInUse: async () => new Set<number>() },
          { id: skuId, version: i + 1, actor: 'test', priceMinor },
        );
        assert.equal(changed.kind, 'changed');
      }
    })();
    const orders = await Promise.all(times(60, () => shop().door().place({ skuId })));
    await changes;
    for (const { body } of orders) {
      assert.ok(prices.includes(body.order.totalMinor));
      assert.equal(body.payment?.amountMinor, body.order.totalMinor);
    }
    const answers = await Promise.all(orders.map(({ body }) => shop().door().callback(tradeFor(body.payment))));
    assert.ok(answers.every(({ text }) => text === 'success'));
    const shown = await Promise.all(orders.map(({ body }) => shop().door().cards(body.order.id, body.accessToken)));
    assert.ok(shown.every(({ body }) => body.cards.length === 1));
    await assertSound(shop());
  });
});
