/** Review cases: money linked to the order it was meant for, and decisions that need two people. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { secondPersonSetting } from '../../server/catalog/update-shop-settings.ts';
import { readOrder } from '../../server/order/order-store.ts';
import { resolveReviewCase } from '../../server/payment/resolve-review-case.ts';
import { listReviewCases } from '../../server/payment/review-store.ts';
import { putSetting } from '../../server/platform/settings-store.ts';
import { flawsOf } from '../kit/shop-audit.ts';
import { newTradingShop, type TradingShop } from '../kit/trading-shop.ts';

async function strayMoney(shop: TradingShop, amountMinor: number, number: string) {
  const outTradeNo = `NOT-OURS-${number}`;
  const order = await shop.place([{ skuId: await shop.stockedSku(1), quantity: 1 }]);
  const more = { outTradeNo, tradeNo: `STRAY-${number}`, amountMinor: amountMinor || order.totalMinor };
  const payment = shop.payment(order, more);
  assert.equal((await shop.world.settle(payment)).kind, 'review');
  const cases = await listReviewCases(shop.database.read, { status: 'open', kind: 'unknown_order', limit: 9 });
  const found = cases.find((one) => one.paymentId === outTradeNo) ?? assert.fail();
  return { order, payment, caseId: found.id };
}

for (const dialect of ['sqlite', 'mysql'] as const)
  describe(`decisions about money on ${dialect}`, { concurrency: 1 }, () => {
    const resolve = (shop: TradingShop, request: Omit<Parameters<typeof resolveReviewCase>[1], 'reason'>) =>
      resolveReviewCase({ ...shop.world, mailEnabled: false, region: 'A0' } as never, { ...request, reason: 'test' });

    test('money without an order is given the one it was meant for, and its repeats change nothing', async () => {
      const shop = await newTradingShop(dialect);
      try {
        const { order, payment, caseId } = await strayMoney(shop, 0, '1');
        const nobody = await resolve(shop, { caseId, action: 'link', actor: 'a', orderId: 'A0'.padEnd(28, '9') });
        assert.equal(nobody.kind, 'not-possible');
        assert.deepEqual(await resolve(shop, { caseId, action: 'link', actor: 'a', orderId: order.id }), {
          kind: 'resolved',
        });
        assert.equal((await readOrder(shop.database.read, order.id))?.status, 'delivered');
        assert.equal((await shop.world.settle(payment)).kind, 'duplicate');
        const other = await strayMoney(shop, order.totalMinor + 1, '2');
        const wrong = await resolve(shop, {
          caseId: other.caseId,
          action: 'link',
          actor: 'a',
          orderId: other.order.id,
        });
        assert.equal(wrong.kind, 'not-possible', 'another amount than the order asks');
        const journalFolders = [shop.world.journalFolder];
        assert.deepEqual(
          (await flawsOf({ database: shop.database, clock: shop.clock, journalFolders })).filter(
            (flaw) => !flaw.includes('reserved'),
          ),
          [],
        );
      } finally {
        await shop.close();
      }
    });

    test('from an amount on, two different people must say the same', async () => {
      const shop = await newTradingShop(dialect);
      try {
        await shop.database.transact('test.setting', (tx) => putSetting(tx, secondPersonSetting, '5000', 1));
        const small = await strayMoney(shop, 4999, '1');
        assert.equal((await resolve(shop, { caseId: small.caseId, action: 'refund', actor: 'anna' })).kind, 'resolved');
        const { caseId } = await strayMoney(shop, 5000, '2');
        assert.equal((await resolve(shop, { caseId, action: 'refund', actor: 'anna' })).kind, 'proposed');
        assert.equal(
          (await resolve(shop, { caseId, action: 'refund', actor: 'anna' })).kind,
          'proposed',
          'herself again',
        );
        const atOnce = await Promise.all(
          ['bo', 'cy'].map((actor) => resolve(shop, { caseId, action: 'refund', actor })),
        );
        assert.deepEqual(atOnce.map(({ kind }) => kind).sort(), ['case-closed', 'resolved']);
        const free = await strayMoney(shop, 9000, '3');
        assert.equal((await resolve(shop, { caseId: free.caseId, action: 'close', actor: 'anna' })).kind, 'resolved');
      } finally {
        await shop.close();
      }
    });
  });
