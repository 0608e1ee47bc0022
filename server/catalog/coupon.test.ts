import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Coupon, couponDiscountMinor, couponRefusal, normalCouponCode } from './coupon.ts';

const coupon: Coupon = {
  kind: 'amount',
  value: 500,
  currency: 'CNY',
  productId: null,
  minTotalMinor: 1000,
  maxUses: 3,
  used: 2,
  startsAt: 100,
  endsAt: 200,
  status: 'active',
};
const order = {
  currency: 'CNY',
  lines: [
    { productId: 1, amountMinor: 1000 },
    { productId: 2, amountMinor: 333 },
  ],
};

test('each condition refuses by its own name', () => {
  const cases = [
    [{}, undefined],
    [{ status: 'off' }, 'off'],
    [{ startsAt: 151 }, 'not-yet'],
    [{ endsAt: 150 }, 'over'],
    [{ used: 3 }, 'used-up'],
    [{ currency: 'USD' }, 'currency'],
    [{ productId: 9 }, 'product'],
    [{ productId: 2 }, 'total-too-low'],
    [{ minTotalMinor: 1334 }, 'total-too-low'],
    [{ maxUses: null, used: 99, currency: null, startsAt: null, endsAt: null }, undefined],
  ] as const;
  for (const [change, expected] of cases) {
    const changed = { ...coupon, ...change };
    assert.equal(couponRefusal(changed, order, 150), expected, JSON.stringify(change));
    assert.equal(couponDiscountMinor(changed, order, 150) === 0, expected !== undefined);
  }
});

test('an amount, a percentage rounded down, and a percentage of one product', () => {
  const off = (change: Partial<Coupon>) => couponDiscountMinor({ ...coupon, minTotalMinor: 0, ...change }, order, 150);
  assert.equal(off({}), 500);
  assert.equal(off({ kind: 'percent', value: 10 }), 133);
  assert.equal(off({ kind: 'percent', value: 10, productId: 2 }), 33);
  assert.equal(off({ value: 500, productId: 2 }), 333);
  assert.equal(off({ kind: 'percent', value: 100 }), 1332);
});

test('whatever the coupon and the order, at least one minor unit remains to pay', () => {
  const lines = fc.array(
    fc.record({ productId: fc.integer({ min: 1, max: 3 }), amountMinor: fc.integer({ min: 1, max: 1e9 }) }),
    {
      minLength: 1,
      maxLength: 20,
    },
  );
  const kind = fc.constantFrom('amount' as const, 'percent' as const);
  const productId = fc.option(fc.integer({ min: 1, max: 3 }));
  fc.assert(
    fc.property(lines, kind, fc.integer({ min: 1, max: 1e9 }), productId, (list, ofKind, value, ofProduct) => {
      const given = { ...coupon, kind: ofKind, value, productId: ofProduct, minTotalMinor: 0 };
      const discount = couponDiscountMinor(given, { currency: 'CNY', lines: list }, 150);
      const total = list.reduce((all, line) => all + line.amountMinor, 0);
      assert.ok(Number.isInteger(discount) && discount >= 0 && discount < total);
    }),
  );
});

test('codes are taken in either case, and nothing strange is one', () => {
  assert.deepEqual([' spring-10 ', 'X', "A' OR 1=1", '春节', 'A'.repeat(41)].map(normalCouponCode), [
    'SPRING-10',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
