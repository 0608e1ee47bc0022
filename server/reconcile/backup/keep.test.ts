import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outlived } from './keep.ts';

const at = (text: string) => ({ name: text, madeAt: Date.parse(text) });
const rule = { keepDays: 2, keepWeeks: 2, timeZone: 'Asia/Shanghai' };

test('the last of each day and of each week stays, by the calendar of the place', () => {
  const backups = [
    '2026-03-20T04:00:00Z', // Friday
    '2026-03-20T01:00:00Z', // Friday too
    '2026-03-19T16:30:00Z', // half past midnight on Friday in Shanghai
    '2026-03-19T04:00:00Z',
    '2026-03-18T04:00:00Z',
    '2026-03-15T04:00:00Z', // Sunday of the week before
    '2026-03-12T04:00:00Z',
    '2026-03-05T04:00:00Z',
  ].map(at);
  const kept = backups.map(({ name }) => name).filter((name) => !outlived(backups, rule).includes(name));
  assert.deepEqual(kept, ['2026-03-20T04:00:00Z', '2026-03-19T04:00:00Z', '2026-03-15T04:00:00Z']);
});

test('the only one stays however old, and none is no fault', () => {
  assert.deepEqual(outlived([at('2020-01-01T00:00:00Z')], { ...rule, keepWeeks: 0 }), []);
  assert.deepEqual(outlived([at('2020-01-01T00:00:00Z')], { ...rule, keepDays: 0, keepWeeks: 0 }), []);
  assert.deepEqual(outlived([], rule), []);
});
