import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { backoffMs } from './backoff.ts';
import { orderId, randomToken, secretToken, sortableId } from './ids.ts';

const times = fc.nat(2 ** 45);

test('ids sort by the time they were made', () => {
  fc.assert(
    fc.property(times, times, (one, two) => {
      const [a, b] = [sortableId(one), sortableId(two)];
      if (one < two) assert.ok(a < b);
      if (one > two) assert.ok(a > b);
    }),
  );
});

test('ids use letters and digits that nobody misreads, in the lengths their columns have', () => {
  fc.assert(
    fc.property(times, (at) => {
      assert.match(sortableId(at), /^[0-9A-HJKMNP-TV-Z]{26}$/);
      assert.match(orderId('Z9', at), /^Z9[0-9A-HJKMNP-TV-Z]{26}$/);
    }),
  );
  assert.match(randomToken(), /^[\w-]{22}$/);
  assert.match(secretToken(), /^[\w-]{43}$/);
});

test('a hundred thousand ids of one millisecond differ', () => {
  const count = 100_000;
  assert.equal(new Set(Array.from({ length: count }, () => sortableId(1))).size, count);
  assert.equal(new Set(Array.from({ length: count }, randomToken)).size, count);
});

test('backing off doubles to its limit, with at least half of it waited and never more', () => {
  fc.assert(
    fc.property(
      fc.nat(2000),
      fc.integer({ min: 1, max: 5000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (n, base, random) => {
        const most = 60_000;
        const ceiling = Math.min(most, base * 2 ** Math.min(n, 30));
        const wait = backoffMs(n, base, most, () => random);
        assert.ok(wait >= ceiling / 2 && wait <= ceiling + 1 && Number.isInteger(wait));
      },
    ),
  );
});
