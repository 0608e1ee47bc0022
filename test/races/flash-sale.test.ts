import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSku } from '../../server/catalog/sku-store.ts';
import { updateSku } from '../../server/catalog/update-sku.ts';
import { endOrders } from '../../server/order/end-orders.ts';
import { readOrders } from '../../server/order/order-store.ts';
import { openCasesOfOrder } from '../../server/payment/review-store.ts';
import { tradeFor } from '../kit/buyer.ts';
import { makeOverdue } from '../kit/order-time.ts';
import { assertSound } from '../kit/shop-audit.ts';
import { onEachStage, type RaceShop, times } from './race-shop.ts';

const hourMs = 3_600_000;
type Sale = { perBuyerLimit?: number; quantityLimit?: number; fromMs?: number; untilMs?: number };

async function onSale(shop: RaceShop, cards: number, sale: Sale): Promise<number> {
  const skuId = await shop.newSku({ cards, priceMinor: 1000 });
  await setSale(shop, skuId, sale);
  return skuId;
}

async function setSale(shop: RaceShop, skuId: number, sale: Sale | null): Promise<void> {
  const { context } = shop;
  const now = context.clock.now();
  const { perBuyerLimit = null, quantityLimit = null, fromMs = -hourMs, untilMs = hourMs } = sale ?? {};
  const flashSale = sale && {
    startsAt: now + fromMs,
    endsAt: now + untilMs,
    priceMinor: 400,
    perBuyerLimit,
    quantityLimit,
  };
  const version = (await readSku(context.database.read, skuId))?.version as number;
  const deps = { ...context, skusInUse: async () => new Set<number>() };
  const changed = await updateSku(deps, { id: skuId, version, actor: 'test', flashSale });
  assert.equal(changed.kind, 'changed');
}

const soldOf = async (shop: RaceShop, skuId: number) =>
  (await readSku(shop.context.database.read, skuId))?.flashSale?.sold;

/** What buyers ask for who were shown the sale's price: they do not pay more unasked. */
const wish = (skuId: number, i: number, unitPriceMinor?: number) => ({
  method: 'POST',
  path: '/api/v1/orders',
  body: {
    lines: [{ skuId, quantity: 1, ...(unitPriceMinor && { unitPriceMinor }) }],
    contact: `buyer-${skuId}-${i}`,
    channel: 'sandbox',
  },
});

onEachStage((shop) => {
  test('two hundred buyers want fifty pieces at the sale price: fifty have it, nobody pays more unasked', async () => {
    const skuId = await onSale(shop(), 300, { quantityLimit: 50 });
    const replies = await Promise.all(
      times(200, (i) =>
        shop()
          .door(i)
          .call(wish(skuId, i, 400)),
      ),
    );
    const bodies = replies.map(({ status, text }) => ({ status, ...JSON.parse(text) }));
    assert.equal(bodies.filter(({ status, order }) => status === 201 && order.totalMinor === 400).length, 50);
    assert.equal(bodies.filter(({ code }) => code === 'price_changed').length, 150);
    assert.equal(await soldOf(shop(), skuId), 50);
    const willing = JSON.parse((await shop().door().call(wish(skuId, 999))).text);
    assert.equal(willing.order.totalMinor, 1000, 'who named no price buys at the normal one');
    await assertSound(shop());
  });

  test('what expires or is cancelled is on sale again, and a refused order keeps no piece', async () => {
    const skuId = await onSale(shop(), 4, { quantityLimit: 6 });
    const orders = await Promise.all(times(4, (i) => shop().door(i).place({ skuId })));
    assert.deepEqual(
      orders.map(({ body }) => body.order.totalMinor),
      [400, 400, 400, 400],
    );
    const refused = await shop().door().place({ skuId });
    assert.equal(refused.problem.code, 'sold_out');
    assert.equal(await soldOf(shop(), skuId), 4);
    const [first, second] = orders.map(({ body }) => body);
    await makeOverdue(shop().context, [first!.order.id]);
    await endOrders(shop().context, { orderIds: [first!.order.id], to: 'expired' });
    assert.equal((await shop().door().cancel(second!.order.id, second!.accessToken)).status, 200);
    assert.equal(await soldOf(shop(), skuId), 2);
    await assertSound(shop());
  });

  test('who pays late has the sale price if a piece is left, else a person decides; the limit holds', async () => {
    const rounds = times(6, async () => {
      const skuId = await onSale(shop(), 3, { quantityLimit: 1 });
      const late = (await shop().door().place({ skuId })).body;
      assert.equal(late.order.totalMinor, 400);
      await makeOverdue(shop().context, [late.order.id]);
      await endOrders(shop().context, { orderIds: [late.order.id], to: 'expired' });
      const [paid, other] = await Promise.all([
        shop().door().callback(tradeFor(late.payment)),
        shop().door().place({ skuId }),
      ]);
      assert.equal(paid.text, 'success');
      const { database } = shop().context;
      const order = (await readOrders(database.read, [late.order.id])).get(late.order.id);
      const cases = (await openCasesOfOrder(database.read, late.order.id)).map(({ kind }) => kind);
      if (other.body.order.totalMinor === 400) assert.deepEqual([order?.status, cases], ['review', ['out_of_stock']]);
      else assert.deepEqual([order?.status, cases], ['delivered', []]);
      assert.equal(await soldOf(shop(), skuId), 1);
    });
    await Promise.all(rounds);
    await assertSound(shop());
  });

  test('the limit per buyer counts over many orders at once, and only those of this sale', async () => {
    const skuId = await onSale(shop(), 30, { perBuyerLimit: 2 });
    const contact = `greedy-${skuId}`;
    const replies = await Promise.all(times(8, (i) => shop().door(i).place({ skuId, contact })));
    const placed = replies.filter(({ status }) => status === 201).length;
    assert.ok(placed === 2 && replies.some(({ problem }) => problem?.code === 'buyer_limit_reached'));
    const more = await shop().door().place({ skuId, contact });
    assert.equal(more.problem.code, 'buyer_limit_reached');
    await setSale(shop(), skuId, null);
    assert.equal((await shop().door().place({ skuId, contact })).body.order.totalMinor, 1000);
  });

  test('before it begins and from its end on the normal price holds, and a new window begins with nothing sold', async () => {
    const skuId = await onSale(shop(), 9, { fromMs: hourMs / 2, quantityLimit: 1 });
    const price = async () => (await shop().door().place({ skuId })).body.order.totalMinor;
    assert.equal(await price(), 1000);
    await setSale(shop(), skuId, { quantityLimit: 1 });
    assert.deepEqual([await price(), await price()], [400, 1000]);
    await setSale(shop(), skuId, { quantityLimit: 1, untilMs: -1 });
    assert.deepEqual([await price(), await soldOf(shop(), skuId)], [1000, 1]);
    await setSale(shop(), skuId, { quantityLimit: 1 });
    assert.deepEqual([await soldOf(shop(), skuId), await price()], [0, 400]);
  });
});
