import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { orderId } from '../platform/ids.ts';
import { nextQueryAt, orderIdOf, paymentId, refundNo, surplusRefundNo } from './payment.ts';

const ids = fc.nat(2 ** 41).map((at) => orderId('A0', at));
const attempts = fc.integer({ min: 1, max: 99 });
const tradeNos = fc.string({ minLength: 1, maxLength: 64 });
const minute = 60_000;
const hour = 60 * minute;

test('an attempt leads back to its order, and no other number does', () => {
  fc.assert(
    fc.property(ids, attempts, (id, no) => {
      const attempt = paymentId(id, no);
      assert.equal(attempt.length, 30);
      assert.equal(orderIdOf(attempt), id);
      for (const other of [id, `${attempt}1`, attempt.slice(1), attempt.toLowerCase(), `${id}X1`, `${id} 1`]) {
        if (other !== attempt) assert.equal(orderIdOf(other), undefined, other);
      }
    }),
  );
});

test('numbers of attempts and refunds differ, fit their columns and are the same each time', () => {
  fc.assert(
    fc.property(ids, attempts, attempts, tradeNos, tradeNos, (id, one, two, trade, other) => {
      const attempt = paymentId(id, one);
      assert.equal(attempt === paymentId(id, two), one === two);
      const surplus = surplusRefundNo(attempt, trade);
      assert.equal(surplus, surplusRefundNo(attempt, trade));
      if (trade !== other) assert.notEqual(surplus, surplusRefundNo(attempt, other));
      assert.notEqual(surplus, refundNo(attempt, two));
      for (const no of [surplus, refundNo(attempt, two)]) assert.match(no, /^[0-9A-Z]{1,40}$/);
    }),
  );
});

test('a pending payment is asked about at least every five minutes for two hours, then hourly for two days, then no more', () => {
  let at: number | null = 0;
  let count = 0;
  const gaps: { age: number; gap: number }[] = [];
  while (at !== null) {
    const next: number | null = nextQueryAt(0, count++, at);
    if (next !== null) gaps.push({ age: at, gap: next - at });
    at = next;
  }
  assert.ok(gaps.every(({ gap }) => gap > 0));
  assert.ok(gaps.filter(({ age }) => age <= 2 * hour).every(({ gap }) => gap <= 5 * minute));
  assert.ok(gaps.every(({ gap }) => gap <= hour));
  assert.ok((gaps.at(-1)?.age ?? 0) > 46 * hour);
});

test('whenever it is asked late, the next time lies ahead', () => {
  fc.assert(
    fc.property(fc.nat(10), fc.nat(47 * hour), (count, age) => {
      const next = nextQueryAt(1000, count, 1000 + age);
      assert.ok(next !== null && next > 1000 + age);
    }),
  );
});
