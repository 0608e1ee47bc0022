import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modes, nextMode } from './mode.ts';
import { createOutage } from './outage.ts';

test('degraded while the database is away or a person wants it; normal only when nothing waits', () => {
  for (const mode of modes) {
    assert.equal(nextMode(mode, { databaseAway: true, byHand: false, waiting: 0 }), 'degraded');
    assert.equal(nextMode(mode, { databaseAway: false, byHand: true, waiting: 0 }), 'degraded');
  }
  const back = { databaseAway: false, byHand: false };
  assert.equal(nextMode('degraded', { ...back, waiting: 0 }), 'replaying');
  assert.equal(nextMode('replaying', { ...back, waiting: 3 }), 'replaying');
  assert.equal(nextMode('replaying', { ...back, waiting: 0 }), 'normal');
  assert.equal(nextMode('normal', { ...back, waiting: 3 }), 'normal');
});

test('away after as long as a request waits, back after two writes in a row', () => {
  let now = 0;
  const outage = createOutage({ now: () => now, monotonicMs: () => now }, 8000);
  outage.failed();
  now = 7999;
  outage.failed();
  assert.deepEqual([outage.away(), outage.inDoubt()], [false, true]);
  now = 8000;
  outage.failed();
  assert.equal(outage.away(), true);
  outage.answered(false);
  outage.answered(true);
  outage.failed();
  outage.answered(true);
  assert.equal(outage.away(), true, 'one write may be a last breath');
  outage.answered(true);
  assert.deepEqual([outage.away(), outage.inDoubt()], [false, false]);
  outage.gaveUp();
  assert.equal(outage.away(), true, 'a request has waited already');
});
