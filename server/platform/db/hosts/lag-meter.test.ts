import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLagMeter } from './lag-meter.ts';

function meter() {
  let nowMs = 1000;
  const lag = createLagMeter({
    now: () => assert.fail('the time of day is nobody’s business here'),
    monotonicMs: () => nowMs,
  });
  return { ...lag, pass: (ms: number) => (nowMs += ms) };
}

test('a replica that has the last beat is not behind, however long ago that was', () => {
  const { sawAtWriter, lagOf, pass } = meter();
  assert.equal(lagOf(1), undefined);
  sawAtWriter(7);
  pass(60_000);
  assert.equal(lagOf(7), 0);
  assert.equal(lagOf(undefined), undefined);
});

test('one that lacks a beat is behind since we saw that beat', () => {
  const { sawAtWriter, lagOf, pass } = meter();
  sawAtWriter(7);
  pass(500);
  sawAtWriter(8);
  pass(500);
  sawAtWriter(9);
  pass(200);
  assert.equal(lagOf(8), 200);
  assert.equal(lagOf(7), 700);
  sawAtWriter(9);
  assert.equal(lagOf(9), 0);
});

test('what it lacks from before we began to watch is told from the number of beats', () => {
  const { sawAtWriter, lagOf, pass } = meter();
  sawAtWriter(10_000);
  assert.equal(lagOf(9_999), 0);
  assert.equal(lagOf(4_000), 5_999 * 500);
  pass(300);
  assert.equal(lagOf(4_000), 5_999 * 500 + 300);
});

test('a new writer that has missed the last beats of the old one counts on from what it has', () => {
  const { sawAtWriter, lagOf, pass } = meter();
  sawAtWriter(100);
  pass(1000);
  sawAtWriter(98);
  pass(400);
  sawAtWriter(99);
  pass(100);
  assert.equal(lagOf(98), 100);
  // The old writer itself holds beats that the new one never had.
  assert.equal(lagOf(102), undefined);
  assert.equal(lagOf(99), 0);
});
