import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rawText } from './raw-text.ts';

test('JSON is laid out, other text stays as it came', () => {
  assert.equal(rawText('{"a":1}'), '{\n  "a": 1\n}');
  assert.equal(rawText('a=1&b=%3C'), 'a=1&b=%3C');
  assert.equal(rawText('{broken'), '{broken');
});

test('what cannot be seen is written out', () => {
  assert.equal(rawText('a\u202eb\u0000c\u200bd\ufeff'), 'a\\u202eb\\u0000c\\u200bd\\ufeff');
  assert.equal(rawText('line\n\tnext 中文'), 'line\n\tnext 中文');
});
