import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addLine, decodeLines, encodeLines } from './line.ts';

test('lines survive the way through an address', () => {
  const lines = [
    { skuId: 11, slug: 'windows-11-pro', quantity: 2 },
    { skuId: 9_007_199_254, slug: 'a', quantity: 1 },
  ];
  assert.deepEqual(decodeLines(encodeLines(lines)), lines);
});

test('an address made up by hand yields only whole lines', () => {
  assert.deepEqual(decodeLines('11.0.a~x~11.2~11.2.UPPER~12.3.good~'), [{ skuId: 12, slug: 'good', quantity: 3 }]);
});

test('the same variant added twice is one line', () => {
  const once = addLine([], { skuId: 1, slug: 'a', quantity: 2 });
  assert.deepEqual(addLine(once, { skuId: 1, slug: 'a', quantity: 3 }), [{ skuId: 1, slug: 'a', quantity: 5 }]);
});
