import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeptDays, type Span } from './kept-days.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** One cell for each hour; counts what is read. */
function shop(now: number) {
  const clock = { now: () => now, monotonicMs: () => now };
  const read: [number, number][] = [];
  const days = createKeptDays(clock, async ({ from, to, stepMs }: Span) => {
    read.push([from / dayMs, to / dayMs]);
    return Array.from({ length: Math.ceil((to - from) / stepMs) }, (_, i) => ({ at: from + i * stepMs }));
  });
  return { days, read, later: (ms: number) => (now += ms) };
}

test('days gone by are read once, the present one each time', async () => {
  const { days, read, later } = shop(9.5 * dayMs);
  const span = { from: 2 * dayMs, to: 10 * dayMs, stepMs: hourMs };
  const first = await days(span);
  assert.deepEqual(read.splice(0), [[2, 10]]);
  assert.equal(first.length, 8 * 24);
  const again = await days(span);
  assert.deepEqual(read.splice(0), [[9, 10]]);
  assert.deepEqual(
    again.map(({ at }) => at).sort((a, b) => a - b),
    first.map(({ at }) => at),
  );
  await days({ ...span, from: dayMs });
  assert.deepEqual(read.splice(0), [
    [1, 2],
    [9, 10],
  ]);
  later(11 * 60_000);
  await days(span);
  assert.deepEqual(read, [[2, 10]]);
});

test('a day that has just ended is not kept: its orders are still being paid', async () => {
  const { days, read } = shop(3 * dayMs + hourMs);
  const span = { from: 2 * dayMs, to: 3 * dayMs, stepMs: hourMs };
  await days(span);
  await days(span);
  assert.equal(read.length, 2);
});

test('steps that do not fill a day are read as they are', async () => {
  const { days, read } = shop(90 * dayMs);
  const span = { from: 0, to: 5 * dayMs, stepMs: 5 * hourMs };
  assert.equal((await days(span)).length, 24);
  await days(span);
  assert.equal(read.length, 2);
});
