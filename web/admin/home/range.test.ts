import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barsOf, rangeOf } from './range.ts';

const now = new Date(2026, 2, 15, 13, 45);
const day = (n: number) => new Date(2026, 2, n).getTime();

test('ranges are whole days of the reader', () => {
  assert.deepEqual(rangeOf({}, now), { from: day(15), to: day(16), stepMs: 3_600_000, bars: 'hour' });
  const week = rangeOf({ range: 'week' }, now);
  assert.deepEqual([week.from, week.to, week.bars], [day(9), day(16), 'day']);
  const own = rangeOf({ range: 'own', from: '2026-03-02', to: '2026-03-03' }, now);
  assert.deepEqual([own.from, own.to, own.bars], [day(2), day(4), 'hour']);
});

test('a range of one’s own that is wrong or endless becomes one that the shop answers', () => {
  const turned = rangeOf({ range: 'own', from: '2026-03-05', to: '2026-03-01' }, now);
  assert.deepEqual([turned.from, turned.to], [day(5), day(6)]);
  const endless = rangeOf({ range: 'own', from: '2001-01-01', to: '2026-03-01' }, now);
  assert.equal(Math.round((endless.to - endless.from) / 86_400_000), 366);
  assert.equal(endless.stepMs, 86_400_000);
  const empty = rangeOf({ range: 'own', from: 'tomorrow', to: '' }, now);
  assert.deepEqual([empty.from, empty.to], [day(15), day(16)]);
});

test('hours fold into days, and days without orders have a bar too', () => {
  const range = rangeOf({ range: 'week' }, now);
  const line = { currency: 'CNY', receivedMinor: 100, refundedMinor: 0 };
  const bucket = { placed: 2, paid: 1, delivered: 1, revenue: [line] };
  const bars = barsOf(range, [
    { ...bucket, at: day(10) },
    { ...bucket, at: day(10) + 23 * 3_600_000 },
    { ...bucket, at: day(15) },
  ]);
  assert.deepEqual(
    bars.map(({ placed }) => placed),
    [0, 4, 0, 0, 0, 0, 2],
  );
  assert.deepEqual(bars[1]?.revenue, [{ currency: 'CNY', receivedMinor: 200, refundedMinor: 0 }]);
  assert.deepEqual(line, { currency: 'CNY', receivedMinor: 100, refundedMinor: 0 }, 'what came is left as it came');
});
