import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { shots } from './owner-guide/shots.ts';

const folder = join(import.meta.dirname, '../docs/owner-guide');
const guides = { zh: 'README.zh-CN.md', en: 'README.md' } as const;

for (const [language, file] of Object.entries(guides)) {
  const text = readFileSync(join(folder, file), 'utf8');

  test(`${file}: it shows every picture that is taken, and each is there`, () => {
    const shown = [...text.matchAll(/!\[[^\]]+\]\((\w+)\/([\w-]+)\.png\)/g)];
    assert.deepEqual(new Set(shown.map(([, of]) => of)), new Set([language]));
    const names = shots.map(({ name }) => name).sort();
    assert.deepEqual(shown.map(([, , name]) => name).sort(), names);
    assert.deepEqual(readdirSync(join(folder, language)).sort(), names.map((name) => `${name}.png`).sort());
  });
}

test('both languages have the same chapters, each in the contents', () => {
  const chapters = Object.values(guides).map((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title as string);
    for (const title of headings) assert.ok(text.includes(`[${title}](#`), `${file}: ${title} is in the contents`);
    return headings.length;
  });
  assert.equal(chapters[0], chapters[1]);
});
