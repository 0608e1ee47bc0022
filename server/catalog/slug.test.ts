import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { freeSlug, slugFrom } from './slug.ts';

test('a name becomes its address, and one without Latin letters takes the fallback', () => {
  const names = ['Café Société — 2026!', '  --A  B--  ', '墨石笔记', '墨石 Notes', "<script>'; DROP", ''];
  assert.deepEqual(
    names.map((name) => slugFrom(name, 'item-x')),
    ['cafe-societe-2026', 'a-b', 'item-x', 'notes', 'script-drop', 'item-x'],
  );
});

test('whatever the name, the slug is one the contract takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
      assert.match(slugFrom(name, 'item'), /^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$/);
    }),
  );
});

test('a taken slug gets the first free number', () => {
  assert.equal(freeSlug('a', new Set()), 'a');
  assert.equal(freeSlug('a', new Set(['a', 'a-2', 'a-4'])), 'a-3');
});
