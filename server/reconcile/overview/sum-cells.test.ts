import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percentile, sumChannels, sumOrders } from './sum-cells.ts';

const cell = { at: 1000, currency: 'CNY', placed: 3, paid: 2, delivered: 1, receivedMinor: 200, refundedMinor: 50 };

test('orders of two regions in one bucket are one bucket; currencies stay apart', () => {
  const cells = [
    { ...cell, at: 1120 },
    cell,
    { ...cell, placed: 1 },
    { ...cell, currency: 'USD', placed: 1, paid: 0, delivered: 0, receivedMinor: 0, refundedMinor: 0 },
    { ...cell, at: 1120, currency: 'AUD', receivedMinor: 7, refundedMinor: 0 },
  ];
  const { total, buckets } = sumOrders(cells);
  assert.deepEqual(
    buckets.map(({ at, placed, revenue }) => [at, placed, revenue]),
    [
      [1000, 5, [{ currency: 'CNY', receivedMinor: 400, refundedMinor: 100 }]],
      [
        1120,
        6,
        [
          { currency: 'AUD', receivedMinor: 7, refundedMinor: 0 },
          { currency: 'CNY', receivedMinor: 200, refundedMinor: 50 },
        ],
      ],
    ],
  );
  assert.deepEqual([total.placed, total.paid, total.delivered], [11, 8, 4]);
  assert.deepEqual(
    total.revenue.map(({ currency }) => currency),
    ['AUD', 'CNY'],
  );
});

test('a channel of two regions is one', () => {
  const sums = sumChannels([
    { channel: 'a', attempts: 2, succeeded: 1 },
    { channel: 'b', attempts: 1, succeeded: 0 },
    { channel: 'a', attempts: 3, succeeded: 3 },
  ]);
  assert.deepEqual(sums.get('a'), { channel: 'a', attempts: 5, succeeded: 4 });
  assert.equal(sums.size, 2);
});

test('percentiles are values that were measured', () => {
  assert.equal(percentile([], 0.5), 0);
  assert.equal(percentile([7], 0.99), 7);
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  assert.equal(percentile(hundred, 0.5), 50);
  assert.equal(percentile(hundred, 0.99), 99);
});
