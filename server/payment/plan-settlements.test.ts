import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OrderStatus } from '../../contract/states.ts';
import type { LockedCard } from '../card/reservation-store.ts';
import type { Order, OrderLine } from '../order/order.ts';
import type { VerifiedPayment } from './channel.ts';
import { type Evidence, evidenceKey } from './evidence-store.ts';
import { planSettlements, stockWishes } from './plan-settlements.ts';
import type { SettlementPlan } from './settlement-plan.ts';

interface Batch {
  orders: { status: OrderStatus; lines: { skuId: number; quantity: number }[] }[];
  /** Cards on the shelf, by SKU. */
  stock: [number, number];
  payments: VerifiedPayment[];
  recorded: boolean[];
}

const skus = [1, 2] as const;
const orderIdAt = (i: number) => `A0${String(i).padStart(26, '0')}`;

const line = fc.record({ skuId: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 3 }) });
const order = fc.record({
  status: fc.constantFrom<OrderStatus>('pending', 'pending', 'expired', 'cancelled', 'delivered', 'review', 'refunded'),
  lines: fc.uniqueArray(line, { minLength: 1, maxLength: 2, selector: ({ skuId }) => skuId }),
});
/** Each trade says the same however often it comes. */
const trade = fc.record({
  order: fc.nat(5),
  tail: fc.constantFrom('01', '01', '01', '02', '1', 'ABCD', ''),
  amount: fc.constantFrom('right', 'right', 'right', 'low', 'high'),
  currency: fc.constantFrom('CNY', 'CNY', 'CNY', 'USD'),
});

const batches: fc.Arbitrary<Batch> = fc
  .record({
    orders: fc.array(order, { minLength: 1, maxLength: 4 }),
    stock: fc.tuple(fc.nat(6), fc.nat(6)),
    trades: fc.array(trade, { minLength: 1, maxLength: 8 }),
    picks: fc.array(fc.nat(7), { minLength: 1, maxLength: 14 }),
    recorded: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  })
  .map(({ orders, stock, trades, picks, recorded }) => {
    const all = trades.map((one, i): VerifiedPayment => {
      const right = totalOf(orders[one.order]?.lines ?? []);
      return {
        channel: 'testpay',
        tradeNo: `T${i}`,
        outTradeNo: `${orderIdAt(one.order)}${one.tail}`,
        amountMinor: right + { right: 0, low: -1, high: 1 }[one.amount as 'right'],
        currency: one.currency,
        merchant: 'm',
        paidAt: null,
        source: 'callback',
        raw: '',
      };
    });
    return { orders, stock, payments: picks.map((pick) => all[pick % all.length] as VerifiedPayment), recorded };
  });

const totalOf = (lines: readonly { quantity: number }[]) =>
  lines.reduce((sum, { quantity }) => sum + quantity * 100, 0);

/** The facts are made anew for each plan: the shelf is used up by it. */
function plan({ orders, stock, recorded }: Batch, payments: readonly VerifiedPayment[]) {
  let card = 0;
  const locked = new Map<string, LockedCard[]>();
  const known = new Map<string, Order>();
  for (const [i, { status, lines }] of orders.entries()) {
    const id = orderIdAt(i);
    known.set(id, {
      id,
      status,
      lines: lines.map(orderLine),
      totalMinor: totalOf(lines),
      currency: 'CNY',
      receivedMinor: 0,
      refundedMinor: 0,
      contact: 'x',
    } as Order);
    if (status !== 'pending') continue;
    const cards = lines.flatMap(({ skuId, quantity }) =>
      Array.from({ length: quantity }, () => ({
        id: ++card,
        order_id: id,
        sku_id: skuId,
        card_no_hash: `hash-${card}`,
      })),
    );
    locked.set(id, cards);
  }
  const onRecord = new Map(
    payments
      .filter(({ tradeNo }) => recorded[Number(tradeNo.slice(1))])
      .map((one) => [
        evidenceKey(one.channel, one.tradeNo),
        {
          channel: one.channel,
          trade_no: one.tradeNo,
          payment_id: one.outTradeNo,
          order_id: null,
          amount_minor: one.amountMinor,
          currency: one.currency,
        } as Evidence,
      ]),
  );
  const facts = { orders: known, onRecord, attempts: new Map(), locked, now: 5, mailEnabled: false };
  const wished = new Map(stockWishes(facts, payments).map(({ skuId, count }) => [skuId, count]));
  const shelf = new Map(
    skus.map((skuId, i) => [
      skuId as number,
      Array.from({ length: Math.min(stock[i] as number, wished.get(skuId) ?? 0) }, () => ++card),
    ]),
  );
  const onShelf = new Set([...shelf.values()].flat());
  return { made: planSettlements({ ...facts, shelf }, payments), facts, onShelf };
}

function orderLine({ skuId, quantity }: { skuId: number; quantity: number }, i: number): OrderLine {
  return {
    lineNo: i + 1,
    skuId,
    quantity,
    delivery: 'cards',
    unitPriceMinor: 100,
    amountMinor: 100 * quantity,
  } as OrderLine;
}

const each = (check: (batch: Batch) => void) => fc.assert(fc.property(batches, check), { numRuns: 2000 });
const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0);
const receivedBy = (made: SettlementPlan) =>
  [...made.orders.values()].map(({ after }) => `${after.id} ${after.receivedMinor}`).sort();

test('each trade is taken in once, and what orders and attempts receive is what the trades brought', () => {
  each((batch) => {
    const { made, facts } = plan(batch, batch.payments);
    const fresh = new Map(
      batch.payments
        .filter((one) => !facts.onRecord.has(evidenceKey(one.channel, one.tradeNo)))
        .map((one) => [one.tradeNo, one]),
    );
    assert.deepEqual(made.evidence.map(({ payment }) => payment.tradeNo).sort(), [...fresh.keys()].sort());
    for (const { before, after } of made.orders.values()) {
      const mine = made.evidence.filter(({ orderId, payment }) => orderId === after.id && payment.currency === 'CNY');
      assert.equal(after.receivedMinor - before.receivedMinor, sum(mine.map(({ payment }) => payment.amountMinor)));
    }
    for (const { after } of made.payments.values()) {
      const mine = made.evidence.filter(({ payment }) => payment.outTradeNo === after.id && payment.currency === 'CNY');
      assert.equal(after.receivedMinor, sum(mine.map(({ payment }) => payment.amountMinor)));
      assert.ok(Number.isInteger(after.attemptNo));
    }
  });
});

test('every trade ends as delivered, given back or with a person', () => {
  each((batch) => {
    const { made } = plan(batch, batch.payments);
    for (const { payment, orderId, outcome } of made.evidence) {
      if (outcome === 'settled') assert.equal(made.orders.get(orderId ?? '')?.after.status, 'delivered');
      else if (outcome === 'surplus') {
        const back = made.refunds.filter((refund) => refund.tradeNo === payment.tradeNo);
        assert.deepEqual(
          back.map(({ amountMinor, currency }) => [amountMinor, currency]),
          [[payment.amountMinor, payment.currency]],
        );
      } else
        assert.ok(
          made.reviews.some((one) => one.kind === outcome && one.tradeNo === payment.tradeNo),
          outcome,
        );
    }
    assert.equal(new Set(made.refunds.map(({ refundNo }) => refundNo)).size, made.refunds.length);
    assert.ok(batch.payments.every((one) => made.outcomes.has(evidenceKey(one.channel, one.tradeNo))));
  });
});

test('a card goes to one order at most, and a delivered order has what it bought', () => {
  each((batch) => {
    const { made, facts, onShelf } = plan(batch, batch.payments);
    const issued = made.issues.map(({ cardId }) => cardId);
    assert.equal(new Set(issued).size, issued.length);
    const retaken = new Map(made.taken.map(({ cardId, orderId }) => [cardId, orderId]));
    assert.ok(
      made.released.every(({ id, order_id }) => !issued.includes(id) || (retaken.get(id) ?? order_id) !== order_id),
      'a card is issued to the order that gave it up, or without being locked again',
    );
    const given = new Set(made.released.map(({ id }) => id));
    assert.equal(given.size, made.released.length);
    for (const { before, after } of made.orders.values()) {
      const mine = made.issues.filter(({ orderId }) => orderId === after.id);
      const delivered = after.status === 'delivered' && before.status !== 'delivered';
      const wanted = delivered
        ? after.lines.map(({ lineNo, skuId, quantity }) => `${lineNo} ${skuId} ${quantity}`)
        : [];
      const had = after.lines.map(
        ({ lineNo, skuId }) =>
          `${lineNo} ${skuId} ${mine.filter((one) => one.lineNo === lineNo && one.skuId === skuId).length}`,
      );
      assert.deepEqual(delivered ? had : [], wanted);
      if (!delivered) assert.deepEqual(mine, []);
      const reserved = (facts.locked.get(after.id) ?? []).map(({ id }) => id);
      // Its own, or one that was free: on the shelf before, or given up by another order of the batch.
      for (const { cardId } of mine) {
        if (reserved.includes(cardId)) continue;
        assert.ok(onShelf.has(cardId) || given.has(cardId), `card ${cardId} was another order's`);
        assert.equal(retaken.get(cardId), after.id, `card ${cardId} is issued without being locked`);
      }
    }
  });
});

test('a batch with every payment twice is the batch with each once', () => {
  each((batch) => {
    const [once, twice] = [plan(batch, batch.payments).made, plan(batch, [...batch.payments, ...batch.payments]).made];
    assert.deepEqual({ ...twice, outcomes: null }, { ...once, outcomes: null });
  });
});

test('in whatever order the payments of a batch stand, the money is the same', () => {
  each((batch) => {
    const [there, back] = [plan(batch, batch.payments).made, plan(batch, batch.payments.toReversed()).made];
    assert.deepEqual(receivedBy(back), receivedBy(there));
    assert.equal(back.evidence.length, there.evidence.length);
  });
});

test('cards that a wrong payment gives up serve a late payment of the same batch', () => {
  const payment = (i: number, amountMinor: number): VerifiedPayment => ({
    channel: 'testpay',
    tradeNo: `T${i}`,
    outTradeNo: `${orderIdAt(i)}01`,
    amountMinor,
    currency: 'CNY',
    merchant: 'm',
    paidAt: null,
    source: 'callback',
    raw: '',
  });
  const lines = [{ skuId: 1, quantity: 1 }];
  const orders: Batch['orders'] = [
    { status: 'pending', lines },
    { status: 'cancelled', lines },
  ];
  const payments = [payment(0, 101), payment(1, 100)];
  const { made } = plan({ orders, stock: [0, 0], payments, recorded: [] }, payments);
  assert.deepEqual(
    [...made.outcomes.values()].map((one) => one.kind),
    ['review', 'settled'],
  );
});
