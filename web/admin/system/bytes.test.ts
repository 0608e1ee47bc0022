import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesText } from './bytes.ts';

test('sizes in a unit that leaves few digits', () => {
  assert.deepEqual([0, 1, 1023, 1024, 1536, 250 * 1024, 5 * 2 ** 30, 3 * 2 ** 50].map(bytesText), [
    '0 B',
    '1 B',
    '1023 B',
    '1.0 KB',
    '1.5 KB',
    '250 KB',
    '5.0 GB',
    '3072 TB',
  ]);
});
