import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Db } from '../platform/db/database.ts';
import { createStockCache } from './stock.ts';

/** A shelf in memory whose counts can be held back, and that remembers what it was asked. */
function world(shelf: Record<number, number>) {
  const time = { ms: 5000 };
  const asked: number[][] = [];
  const control: { gate?: Promise<void> | undefined; failing?: boolean } = {};
  const stock = createStockCache({
    database: { read: {} as Db, lagging: {} as Db, maxLagMs: 0 },
    clock: { now: () => time.ms, monotonicMs: () => time.ms },
    region: 'A0',
    async count(_db, _region, skuIds) {
      asked.push([...skuIds]);
      const seen = new Map(skuIds.flatMap((id) => (shelf[id] ? [[id, shelf[id]] as const] : [])));
      await control.gate;
      if (control.failing) throw new Error('no database');
      return seen;
    },
  });
  const available = async (...ids: number[]) => Object.fromEntries(await stock.available(ids));
  return { time, asked, control, stock, shelf, available };
}

function gate(): { promise: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, open: resolve };
}

test('one statement counts everything that is stale, and nothing is asked again within a second', async () => {
  const { available, asked, time, shelf } = world({ 1: 5, 2: 7 });
  assert.deepEqual(await available(1, 2, 3, 2), { 1: 5, 2: 7, 3: 0 });
  shelf[1] = 4;
  time.ms += 999;
  assert.deepEqual(await available(1, 3), { 1: 5, 3: 0 });
  time.ms += 1;
  assert.deepEqual(await available(1, 4), { 1: 4, 4: 0 });
  assert.deepEqual(asked, [
    [1, 2, 3],
    [1, 4],
  ]);
});

test('a large count is kept for ten seconds', async () => {
  const { available, asked, time } = world({ 1: 10_001, 2: 10_000 });
  await available(1, 2);
  time.ms += 9999;
  await available(1, 2);
  time.ms += 1;
  await available(1);
  assert.deepEqual(asked, [[1, 2], [2], [1]]);
});

test('callers who come during a count share it', async () => {
  const { available, asked, control } = world({ 1: 5, 2: 6 });
  const held = gate();
  control.gate = held.promise;
  const all = Promise.all([available(1), available(1, 2), available(2, 1)]);
  held.open();
  assert.deepEqual(await all, [{ 1: 5 }, { 1: 5, 2: 6 }, { 1: 5, 2: 6 }]);
  assert.deepEqual(asked, [[1], [2]]);
});

test('a change of our own shows at once, and never below zero', async () => {
  const { available, stock, asked } = world({ 1: 5 });
  await available(1);
  stock.adjust(1, -3);
  assert.deepEqual(await available(1), { 1: 2 });
  stock.adjust(1, -3);
  assert.deepEqual(await available(1), { 1: 0 });
  stock.adjust(2, -3);
  assert.equal(asked.length, 1);
});

test('a forgotten SKU is counted again', async () => {
  const { available, stock, shelf } = world({ 1: 5 });
  await available(1);
  shelf[1] = 9;
  stock.forget(1);
  assert.deepEqual(await available(1), { 1: 9 });
});

for (const change of ['adjust', 'forget'] as const) {
  for (const during of [true, false]) {
    const when = during ? 'during it' : 'after it';
    test(`a count that a change overtakes (${change}) is used by nobody who comes later, ${when}`, async () => {
      const { available, stock, control, shelf } = world({ 1: 5 });
      const held = gate();
      control.gate = held.promise;
      const before = available(1);
      shelf[1] = 4;
      if (change === 'adjust') stock.adjust(1, -1);
      else stock.forget(1);
      const later = during ? available(1) : undefined;
      held.open();
      await before;
      assert.deepEqual(await (later ?? available(1)), { 1: 4 });
      assert.deepEqual(await available(1), { 1: 4 });
    });
  }
}

test('a failed count reaches those who waited, and the next call tries again', async () => {
  const { available, control, asked } = world({ 1: 5 });
  control.failing = true;
  await assert.rejects(Promise.all([available(1), available(1)]), /no database/);
  control.failing = false;
  assert.deepEqual(await available(1), { 1: 5 });
  assert.equal(asked.length, 2);
});
