import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en as adminEn } from '../admin/locales/en.ts';
import { zh as adminZh } from '../admin/locales/zh.ts';
import { en as shopEn } from '../storefront/locales/en.ts';
import { zh as shopZh } from '../storefront/locales/zh.ts';
import { en as uiEn } from './locales/en.ts';
import { zh as uiZh } from './locales/zh.ts';
import { fillText } from './texts.ts';

test('values are put in, and English picks the plural', () => {
  assert.equal(fillText('{count} {count|item|items}', { count: 1 }, 'en'), '1 item');
  assert.equal(fillText('{count} {count|item|items}', { count: 2 }, 'en'), '2 items');
});

const namesIn = (text: string) => new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]));

for (const [part, zh, en] of [
  ['storefront', shopZh, shopEn],
  ['admin', adminZh, adminEn],
  ['shared', uiZh, uiEn],
] as const) {
  test(`${part}: both languages say something everywhere and use the same values`, () => {
    for (const [key, chinese] of Object.entries(zh)) {
      const english = (en as Record<string, string>)[key] ?? '';
      assert.ok(chinese.trim() && english.trim(), key);
      assert.deepEqual(namesIn(english), namesIn(chinese), key);
    }
  });
}
