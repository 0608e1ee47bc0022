import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countLines, previewLines, splitLines } from './preview-lines.ts';

test('a line is split at the first separator; blank lines and white space do not count', () => {
  assert.deepEqual(splitLines('\uFEFFA----1\r\n\n  B ---- 2----3 \nonly', '----'), [
    { line: 1, number: 'A', secret: '1' },
    { line: 3, number: 'B', secret: '2----3' },
    { line: 4, number: null, secret: 'only' },
  ]);
});

test('without a separator every line is a secret', () => {
  assert.deepEqual(splitLines('A----1', ''), [{ line: 1, number: null, secret: 'A----1' }]);
});

test('lines are counted with and without a last line end', async () => {
  const { signal } = new AbortController();
  const counts = await Promise.all(
    ['', 'a', 'a\n', 'a\nb', 'a\r\nb\r\n'].map((text) => countLines(new Blob([text]), signal)),
  );
  assert.deepEqual(counts, [0, 1, 1, 2, 2]);
});

test('a preview shows ten lines of any number', async () => {
  const many = new Blob([Array.from({ length: 5000 }, (_, i) => `n${i}----s${i}`).join('\n')]);
  assert.equal((await previewLines(many, '----')).length, 10);
});
