import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

test('docs/configuration.md has a row for each variable that is read, and none besides', () => {
  const source = read('config.ts');
  const readNames = [
    ...source.matchAll(/\benv\.([A-Z][A-Z_]+)\b/g),
    ...source.matchAll(/\b(?:oneOf|integer|pattern)\(env, '([A-Z_]+)'/g),
  ].map((match) => match[1]);
  const documented = [...read('../docs/configuration.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
  assert.deepEqual([...documented].sort(), [...new Set(readNames)].sort());
});

test('no variable is read in a way that the list above would miss', () => {
  const names = new Set(read('config.ts').match(/'[A-Z]+(?:_[A-Z]+)+'|\benv\.[A-Z_]+/g));
  const documented = read('../docs/configuration.md');
  for (const name of names) assert.ok(documented.includes(`\`${name.replace(/^env\.|'/g, '')}\``), name);
});
