import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minuteOf, timeOf } from './quiet-time.ts';

test('minutes of the day and what a time field holds', () => {
  assert.equal(timeOf(null), '');
  assert.equal(timeOf(0), '00:00');
  assert.equal(timeOf(1439), '23:59');
  for (const minute of [0, 61, 1320, 1439]) assert.equal(minuteOf(timeOf(minute)), minute);
  for (const text of ['', '24:00', '9:00', 'soon']) assert.equal(minuteOf(text), null);
});
