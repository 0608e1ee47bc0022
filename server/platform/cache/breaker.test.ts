import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBreaker } from './breaker.ts';

function world() {
  const time = { ms: 1_000_000 };
  const changes: boolean[] = [];
  const clock = { now: () => time.ms, monotonicMs: () => time.ms };
  const breaker = createBreaker({ clock, onChange: (closed) => changes.push(closed) });
  const fail = (times: number) => {
    for (let i = 0; i < times; i++) breaker.failed();
  };
  return { time, changes, breaker, fail };
}

test('five failures within a second open it, spread over a longer time they do not', () => {
  const { time, breaker, fail } = world();
  for (let i = 0; i < 20; i++) {
    fail(1);
    time.ms += 250;
  }
  assert.equal(breaker.closed(), true);
  fail(3);
  assert.equal(breaker.closed(), false);
});

test('open, it lets a probe through after half a second, and a good one closes it', () => {
  const { time, changes, breaker, fail } = world();
  fail(5);
  assert.equal(breaker.mayProbe(), false);
  time.ms += 500;
  assert.equal(breaker.mayProbe(), true);
  breaker.probed(false);
  assert.equal(breaker.mayProbe(), false);
  time.ms += 500;
  breaker.probed(true);
  assert.deepEqual([breaker.closed(), breaker.mayProbe()], [true, false]);
  assert.deepEqual(changes, [false, true]);
});

test('what fails again soon is held off longer each time, up to five seconds; good conduct is rewarded', () => {
  const { time, breaker, fail } = world();
  const hold = () => {
    fail(5);
    const from = time.ms;
    while (!breaker.mayProbe()) time.ms += 100;
    const held = time.ms - from;
    breaker.probed(true);
    return held;
  };
  assert.deepEqual([hold(), hold(), hold(), hold(), hold(), hold()], [500, 1000, 2000, 4000, 5000, 5000]);
  time.ms += 30_000;
  assert.equal(hold(), 500);
});

test('answers that come late, while it is open, change nothing', () => {
  const { changes, breaker, fail } = world();
  fail(40);
  assert.deepEqual(changes, [false]);
  assert.equal(breaker.closed(), false);
});
