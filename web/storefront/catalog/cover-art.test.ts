import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coverArt, lettersOf } from './cover-art.ts';

test('letters are what people call the product', () => {
  const names = ['Windows 11 专业版', '示例 · 墨石笔记 专业版', 'Sample · Inkstone Notes', '视频会员 VIP', 'é'];
  assert.deepEqual(names.map(lettersOf), ['Windows', '墨石', 'Inkstone', '视频', 'é']);
});

test('the same product always gets the same cover, different ones differ', () => {
  assert.deepEqual(coverArt('steam-card', 'Steam'), coverArt('steam-card', 'Steam'));
  const covers = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((slug) => coverArt(slug, 'x').from);
  assert.ok(new Set(covers).size >= 4);
});
