/** Money that names no order of ours: each payment goes back, however alike they are. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { VerifiedPayment } from '../../server/payment/channel.ts';
import { resolveReviewCase } from '../../server/payment/resolve-review-case.ts';
import { listReviewCases } from '../../server/payment/review-store.ts';
import { sendRefund } from '../../server/payment/send-refund.ts';
import { settlePayments } from '../../server/payment/settle-payments.ts';
import { region } from '../kit/card-shelf.ts';
import { dialects } from '../kit/shop-database.ts';
import { newTradingShop, type TradingShop } from '../kit/trading-shop.ts';

for (const dialect of dialects) {
  suite(dialect, () => {
    let shop: TradingShop;
    before(async () => {
      shop = await newTradingShop(dialect);
    });
    after(() => shop.close());

    test('two payments under one unknown number are two refunds', async () => {
      const deps = { ...shop.world, region, mailEnabled: false };
      const stray = (tradeNo: string, amountMinor: number): VerifiedPayment => ({
        channel: 'testpay',
        tradeNo,
        outTradeNo: 'A0'.padEnd(30, '1'),
        amountMinor,
        currency: 'CNY',
        merchant: 'test-merchant',
        paidAt: null,
        source: 'callback',
        raw: '{}',
      });
      await settlePayments(deps, [stray('STRAY-1', 500), stray('STRAY-2', 700)]);
      const cases = await listReviewCases(shop.database.read, { status: 'open', limit: 10 });
      assert.equal(cases.length, 2);
      for (const { id } of cases) {
        const outcome = await resolveReviewCase(deps, { caseId: id, action: 'refund', reason: 'stray', actor: 'test' });
        assert.equal(outcome.kind, 'resolved');
      }
      const read = () => shop.database.read.selectFrom('refunds').selectAll().orderBy('trade_no').execute();
      for (const { refund_no } of await read()) assert.equal(await sendRefund(deps, refund_no), undefined);
      assert.deepEqual(
        (await read()).map((one) => [one.trade_no, one.amount_minor, one.status]),
        [
          ['STRAY-1', 500, 'succeeded'],
          ['STRAY-2', 700, 'succeeded'],
        ],
      );
    });
  });
}
