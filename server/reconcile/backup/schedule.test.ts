import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastDueAt, lastRehearsalDueAt, nextBackupAt } from './schedule.ts';

const settings = { enabled: true, time: '03:30', timeZone: 'Asia/Shanghai' };
const ms = (text: string) => Date.parse(text);

test('a time of day is that of its place, also over a change of the clocks', () => {
  assert.equal(nextBackupAt(settings, ms('2026-03-01T00:00:00Z')), ms('2026-03-01T19:30:00Z'));
  assert.equal(lastDueAt(settings, ms('2026-03-01T00:00:00Z')), ms('2026-02-28T19:30:00Z'));
  const berlin = { ...settings, timeZone: 'Europe/Berlin' };
  assert.equal(nextBackupAt(berlin, ms('2026-03-28T12:00:00Z')), ms('2026-03-29T01:30:00Z'));
  assert.equal(nextBackupAt(berlin, ms('2026-03-27T12:00:00Z')), ms('2026-03-28T02:30:00Z'));
});

test('at its very moment it is due', () => {
  assert.equal(lastDueAt(settings, ms('2026-02-28T19:30:00Z')), ms('2026-02-28T19:30:00Z'));
  assert.equal(lastDueAt(settings, ms('2026-02-28T19:29:59Z')), ms('2026-02-27T19:30:00Z'));
});

test('rehearsals are due on Sundays; turned off, nothing is next', () => {
  assert.equal(lastRehearsalDueAt(settings, ms('2026-03-05T00:00:00Z')), ms('2026-02-28T19:30:00Z'));
  assert.equal(nextBackupAt({ ...settings, enabled: false }, 0), null);
});
