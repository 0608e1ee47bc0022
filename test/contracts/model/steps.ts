/** What can happen to a shop, one class a step: done to the model and to the shop, then the two are compared. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cancelOrder } from '../../../server/payment/cancel-order.ts';
import type { VerifiedPayment } from '../../../server/payment/channel.ts';
import { paymentId } from '../../../server/payment/payment.ts';
import { refundsOfOrder } from '../../../server/payment/refund-store.ts';
import { requestRefund } from '../../../server/payment/request-refund.ts';
import { sendRefund } from '../../../server/payment/send-refund.ts';
import { settlePayments } from '../../../server/payment/settle-payments.ts';
import { runScan } from '../../../server/reconcile/run-scans.ts';
import { type RealShop, sameAs } from './real-shop.ts';
import type { ModelOrder, ModelTrade, ShopModel } from './shop-model.ts';

export type Step = fc.AsyncCommand<ShopModel, RealShop>;

/** A step that needs nothing or finds its subject by counting round. */
function step(name: string, act: (model: ShopModel, shop: RealShop) => Promise<void>): Step {
  return {
    check: () => true,
    async run(model, shop) {
      await act(model, shop);
      await sameAs(model, shop);
    },
    toString: () => name,
  };
}

const pick = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];

const importCards = (sku: number, count: number): Step =>
  step(`import ${count} cards of SKU ${sku}`, async (model, shop) => {
    await shop.addCards(sku, count);
    (model.shelves[sku] ?? assert.fail()).available += count;
  });

const place = (wants: readonly number[], key: string): Step =>
  step(`place ${wants} as ${key}`, async (model, shop) => {
    const known = shop.placed.get(key);
    const outcome = await shop.place(key, known?.wants ?? wants);
    if (known) {
      assert.deepEqual([outcome.kind, outcome.kind === 'placed' && outcome.order.id], ['placed', known.id]);
    } else if (model.hasStock(wants)) {
      assert.ok(outcome.kind === 'placed', outcome.kind);
      shop.placed.set(key, { id: outcome.order.id, wants });
      model.place(outcome.order.id, wants, outcome.order.totalMinor);
    } else assert.equal(outcome.kind, 'sold-out');
  });

interface Payment {
  order: number;
  /** Which of the trades of an order: the same comes again, another pays once more. */
  trade: number;
  deviation: 'none' | 'low' | 'high' | 'currency';
}

/** All in one batch, as a busy moment would have it. */
const pay = (payments: readonly Payment[]): Step =>
  step(`pay ${payments.map((one) => `${one.order}/${one.trade} ${one.deviation}`)}`, async (model, shop) => {
    const sent: VerifiedPayment[] = [];
    const expected: string[] = [];
    const before = new Set(model.trades);
    const firsts = new Map<string, string>();
    for (const one of payments) {
      const order = pick(model.orders, one.order);
      if (!order) continue;
      const tradeNo = `T${order.id}-${one.trade}`;
      const known = model.trades.find((trade) => trade.tradeNo === tradeNo);
      const trade = known ?? newTrade(order, tradeNo, one.deviation);
      // A repeat within the batch gets the answer of the first; one of a trade on record is told so.
      const outcome = known ? (before.has(known) ? 'duplicate' : (firsts.get(tradeNo) ?? '')) : model.pay(trade);
      firsts.set(tradeNo, outcome);
      expected.push(outcome);
      sent.push(messageOf(trade));
    }
    if (sent.length === 0) return;
    const outcomes = await settlePayments(shop.deps, sent);
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      expected,
    );
    await noteRefunds(model, shop);
  });

function newTrade(order: ModelOrder, tradeNo: string, deviation: Payment['deviation']): ModelTrade {
  const more = { none: 0, low: -1, high: 700, currency: 0 }[deviation];
  const currency = deviation === 'currency' ? 'USD' : 'CNY';
  return { tradeNo, order, amountMinor: order.totalMinor + more, currency, promisedMinor: 0 };
}

function messageOf({ tradeNo, order, amountMinor, currency }: ModelTrade): VerifiedPayment {
  const outTradeNo = paymentId(order.id, 1);
  return {
    channel: 'testpay',
    tradeNo,
    outTradeNo,
    amountMinor,
    currency,
    merchant: 'test-merchant',
    paidAt: null,
    source: 'callback',
    raw: '{}',
  };
}

const cancel = (n: number): Step =>
  step(`cancel ${n}`, async (model, shop) => {
    const order = pick(model.orders, n);
    if (!order) return;
    const cancelled = await cancelOrder(shop.deps, order.id);
    assert.equal(cancelled !== undefined, order.status === 'pending');
    if (cancelled) model.end(order, 'cancelled');
  });

const expire = (): Step =>
  step('time runs out', async (model, shop) => {
    shop.clock.advance(16 * 60_000);
    await runScan(shop.deps, 'expire-orders');
    for (const order of model.orders) if (order.status === 'pending') model.end(order, 'expired');
  });

const refund = (n: number, amountMinor: number | undefined): Step =>
  step(`refund ${amountMinor ?? 'all'} of ${n}`, async (model, shop) => {
    const order = pick(model.orders, n);
    // A part of two currencies is a part of neither.
    if (!order || (amountMinor && order.trades.some(({ currency }) => currency !== 'CNY'))) return;
    const left = model.leftToRefund(order);
    const request = { orderId: order.id, amountMinor, mode: 'channel', reason: 'test', actor: 'test' } as const;
    const { kind } = await requestRefund(shop.deps, request);
    if (left === 0) assert.equal(kind, 'nothing-to-refund');
    else assert.equal(kind, (amountMinor ?? 0) > left ? 'exceeds-payment' : 'requested');
    await noteRefunds(model, shop);
  });

/** Which trade gives how much is the shop's choice; that it adds up is checked, and the numbers are taken over. */
async function noteRefunds(model: ShopModel, shop: RealShop): Promise<void> {
  model.refunds.length = 0;
  for (const order of model.orders) {
    const all = await refundsOfOrder(shop.database.read, order.id);
    for (const trade of order.trades) {
      const promised = all
        .filter(({ tradeNo }) => tradeNo === trade.tradeNo)
        .reduce((sum, one) => sum + one.amountMinor, 0);
      assert.ok(promised >= trade.promisedMinor && promised <= trade.amountMinor, `${trade.tradeNo} gives ${promised}`);
      trade.promisedMinor = promised;
    }
    const waiting = all.filter(({ status }) => status === 'requested');
    model.refunds.push(...waiting.map((one) => ({ ...one, order })));
  }
}

const sendRefunds = (twice: boolean): Step =>
  step(`send refunds${twice ? ' twice at once' : ''}`, async (model, shop) => {
    for (const one of model.refunds.splice(0)) {
      const tries = Array.from({ length: twice ? 2 : 1 }, () => sendRefund(shop.deps, one.refundNo));
      assert.ok((await Promise.all(tries)).every((why) => why === undefined));
      model.refunded(one);
    }
  });

const nth = fc.nat(9);
const payment = fc.record({
  order: nth,
  trade: fc.nat(2),
  deviation: fc.constantFrom<Payment['deviation']>('none', 'none', 'none', 'none', 'low', 'high', 'currency'),
});
const keys = fc.constantFrom(...Array.from({ length: 12 }, (_, i) => `key-${i}`));

export const steps: fc.Arbitrary<Step>[] = [
  fc.tuple(fc.nat(1), fc.integer({ min: 1, max: 4 })).map(([sku, count]) => importCards(sku, count)),
  fc.tuple(fc.tuple(fc.integer({ min: 1, max: 2 }), fc.nat(2)), keys).map(([wants, key]) => place(wants, key)),
  fc.tuple(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 2 })), keys).map(([wants, key]) => place(wants, key)),
  payment.map((one) => pay([one])),
  fc.array(payment, { minLength: 2, maxLength: 5 }).map(pay),
  nth.map(cancel),
  fc.constant(null).map(expire),
  fc
    .tuple(nth, fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }))
    .map(([n, amount]) => refund(n, amount)),
  fc.boolean().map(sendRefunds),
];
