import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkpoints } from '../../server/platform/checkpoints.ts';
import { crashCases } from './crash-traffic.ts';

test('every checkpoint of the program has a crash here, and each crash a checkpoint', () => {
  const tried = crashCases.filter(({ on }) => on.includes('sqlite')).map(({ checkpoint }) => checkpoint);
  assert.deepEqual([...new Set(tried)].sort(), [...checkpoints].sort());
});

// Each life has a shop of its own and mostly waits for it; a few at a time fill the machine.
describe('killed at a checkpoint and started again, the shop loses nothing and does nothing twice', {
  concurrency: 3,
}, () => {
  for (const { checkpoint, way = '', on, live } of crashCases) {
    for (const dialect of on) test(`${checkpoint} on ${dialect}${way}`, () => live(dialect));
  }
});
