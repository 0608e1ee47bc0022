import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { scans } from './scans.ts';

test('docs/operating.md has a row for each scan, with how often it runs', () => {
  const text = readFileSync(new URL('../../../docs/operating.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| `([a-z-]+)` \| ([^|]+) \|/gm)].map((match) => `${match[1]} ${match[2]}`);
  const often = (ms: number) =>
    ms >= 3_600_000 ? `${ms / 3_600_000} h` : ms >= 60_000 ? `${ms / 60_000} min` : `${ms / 1000} s`;
  const expected = scans.map(({ name, everyMs }) =>
    name === 'whole-journal-against-database' ? `${name} at start, ${often(everyMs)}` : `${name} ${often(everyMs)}`,
  );
  assert.deepEqual(rows.sort(), expected.sort());
});
