import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PlannedBuyer, planBuyers } from '../../lab/workload/plan-buyers.ts';

const first = (seed: number, count: number): PlannedBuyer[] =>
  planBuyers({ seed, ordersPerS: 100 }).take(count).toArray();

test('the same seed makes the same buyers, another seed others', () => {
  assert.deepEqual(first(5, 500), first(5, 500));
  assert.notDeepEqual(first(5, 500), first(6, 500));
});

test('arrivals are as many as asked for, and as uneven as those of a crowd', () => {
  const buyers = first(1, 20_000);
  const ordering = buyers.filter(({ behaviour }) => behaviour !== 'looks');
  const seconds = (buyers.at(-1)?.arrivesMs ?? 0) / 1000;
  assert.ok(Math.abs(ordering.length / seconds - 100) < 3);
  // Of exponential pauses the spread is their mean.
  const pauses = buyers.slice(1).map(({ arrivesMs }, i) => arrivesMs - (buyers[i]?.arrivesMs ?? 0));
  const mean = pauses.reduce((sum, one) => sum + one, 0) / pauses.length;
  const spread = Math.sqrt(pauses.reduce((sum, one) => sum + (one - mean) ** 2, 0) / pauses.length);
  assert.ok(Math.abs(spread / mean - 1) < 0.05);
});
